// Work that nobody waits for impatiently, at a low priority of the operating system.
//
// A thread that holds the interpreter's lock must not be slow to get a core: whoever wants the lock
// next, such as the window, would wait with it. So a Python thread that asks for low priority keeps
// its own, and what it has the engine do is done in its place by a thread that never holds the lock.
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

#include "watch.hpp"

namespace cq {

class Background {
public:
    // From now on work goes to the background for the calling thread, until that ends.
    static void begin();

    // The calling thread's, or null.
    static Background* current();

    Background();
    ~Background();
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

    // Has the work done and waits. What it throws comes out of this; the caller's watch holds for it.
    void run(const std::function<void()>& work);

private:
    void serve();

    std::mutex mutex_;
    std::condition_variable wake_, done_;
    const std::function<void()>* work_ = nullptr;
    Watch* watch_ = nullptr;
    std::exception_ptr failure_;
    bool stop_ = false;
    std::thread thread_;
};

// Lowers the priority of the calling thread for good, where the system knows how.
void lower_priority();

// Whether that was done; threads of a pool that such a thread makes are lowered too.
bool has_low_priority();

// f(), in the background if the calling thread has one.
template <class F>
auto in_background(F& f) {
    using Result = std::invoke_result_t<F&>;
    Background* background = Background::current();
    if (!background) return f();
    if constexpr (std::is_void_v<Result>) {
        background->run([&] { f(); });
    } else {
        std::optional<Result> result;
        background->run([&] { result.emplace(f()); });
        return Result(std::move(*result));
    }
}

}  // namespace cq
