// A person's wish to stop, as seen from deep inside a computation.
//
// The thread that a call came in on watches: now and then it asks whether to go on. All threads that
// work for the call look at the answer between two pieces of work, and give up by an exception. What
// they leave behind is half done and must not be used again.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>

namespace cq {

struct Cancelled : std::exception {
    const char* what() const noexcept override { return "cancelled"; }
};

class Watch {
public:
    using Clock = std::chrono::steady_clock;

    // Watches the calling thread for as long as it lives; ask() says whether to stop.
    explicit Watch(std::function<bool()> ask);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    // Throws Cancelled if the calling thread's work is no longer wanted. Costs a look at the clock.
    static void check();

    // What watches over the calling thread, or null.
    static Watch* current();

    // Puts a helper thread under somebody's watch (or nobody's): it sees the answer, but never asks.
    class Help {
    public:
        explicit Help(Watch* watch);
        ~Help();
        Help(const Help&) = delete;
        Help& operator=(const Help&) = delete;
    };

    // Time between two questions; 20 ms unless told otherwise.
    static void set_patience(std::chrono::microseconds patience);

private:
    void look();

    std::function<bool()> ask_;
    std::atomic<bool> stop_{false};
    Clock::time_point asked_;
    Watch* outer_;
};

}  // namespace cq
