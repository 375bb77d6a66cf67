// A small thread pool whose idle threads sleep.
//
// OpenMP's threads spin at barriers, which costs tens of milliseconds as soon as another program (or
// the GUI thread) wants the core. Here a job is an index range handed out in chunks from one atomic
// counter; helpers wait on a condition variable, the caller works too and then waits for them.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "watch.hpp"

namespace cq {

class Pool {
public:
    // task(i, worker): i is in [0, count), worker in [0, threads) names the executing thread.
    using Task = std::function<void(std::size_t, int)>;

    // Made in the background, it stays there: its helpers have the low priority of their maker.
    explicit Pool(int threads);
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    int threads() const { return static_cast<int>(helpers_.size()) + 1; }

    // Runs task for every i. With `alone`, or with one thread, the caller does all of it. The first
    // exception of a task ends the job and comes back to the caller; so does a cancel, which every
    // thread looks for before each task. Must not be called with the interpreter's lock held.
    void run(std::size_t count, const Task& task, bool alone = false);

private:
    void help(int worker);
    void drain(int worker) noexcept;
    void fail() noexcept;

    std::vector<std::thread> helpers_;
    std::mutex caller_;  // one job at a time, whoever asks
    std::mutex mutex_;
    std::condition_variable wake_, done_;
    const Task* task_ = nullptr;
    Watch* watch_ = nullptr;  // over the caller
    std::exception_ptr failure_;
    std::size_t count_ = 0;
    std::atomic<std::size_t> next_{0};
    int busy_ = 0;
    unsigned long generation_ = 0;
    bool stop_ = false;
};

// One thread per core the process may use, at least one.
int default_threads();

}  // namespace cq
