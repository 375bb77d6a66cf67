#include "pool.hpp"

#include "background.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#ifdef __linux__
#include <sched.h>
#endif

namespace cq {

namespace {
// More than that only costs: the work is bound by memory long before.
constexpr int kMostThreads = 64;
// How often a caller that waits for its helpers looks whether it should stop them.
constexpr std::chrono::milliseconds kWait{5};
}  // namespace

Pool::Pool(int threads) {
    const int wanted = std::min(threads, kMostThreads);
    const bool low = has_low_priority();
    helpers_.reserve(static_cast<std::size_t>(wanted));
    for (int i = 1; i < wanted; ++i) {
        try {
            helpers_.emplace_back([this, i, low] {
                if (low) lower_priority();
                help(i);
            });
        } catch (const std::system_error&) {
            break;  // the system has no more to give; results are the same with fewer
        }
    }
}

Pool::~Pool() {
    {
        std::lock_guard<std::mutex> lock(mutex_);
        stop_ = true;
    }
    wake_.notify_all();
    for (auto& helper : helpers_) helper.join();
}

void Pool::run(std::size_t count, const Task& task, bool alone) {
    if (alone || helpers_.empty() || count < 2) {
        for (std::size_t i = 0; i < count; ++i) {
            Watch::check();
            task(i, 0);
        }
        return;
    }
    Watch::check();
    std::lock_guard<std::mutex> one_job(caller_);
    {
        std::lock_guard<std::mutex> lock(mutex_);
        task_ = &task;
        watch_ = Watch::current();
        count_ = count;
        next_.store(0);
        busy_ = static_cast<int>(helpers_.size());
        ++generation_;
    }
    wake_.notify_all();
    drain(0);
    std::unique_lock<std::mutex> lock(mutex_);
    const auto idle = [this] { return busy_ == 0; };
    if (!watch_) done_.wait(lock, idle);
    while (!done_.wait_for(lock, kWait, idle)) {
        lock.unlock();
        try {
            Watch::check();
        } catch (...) {
            fail();
        }
        lock.lock();
    }
    task_ = nullptr;
    watch_ = nullptr;
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void Pool::drain(int worker) noexcept {
    try {
        for (std::size_t i = next_.fetch_add(1); i < count_; i = next_.fetch_add(1)) {
            Watch::check();
            (*task_)(i, worker);
        }
    } catch (...) {
        fail();
    }
}

// Keeps the exception being handled, if it is the first, and leaves no tasks to take.
void Pool::fail() noexcept {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!failure_) failure_ = std::current_exception();
    next_.store(count_);
}

void Pool::help(int worker) {
    unsigned long seen = 0;
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
        wake_.wait(lock, [&] { return stop_ || generation_ != seen; });
        if (stop_) return;
        seen = generation_;
        lock.unlock();
        {
            const Watch::Help help(watch_);
            drain(worker);
        }
        lock.lock();
        if (--busy_ == 0) done_.notify_one();
    }
}

int default_threads() {
#ifdef __linux__
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) {
        const int n = CPU_COUNT(&set);
        if (n > 0) return n;
    }
#endif
    const unsigned n = std::thread::hardware_concurrency();
    return n > 0 ? static_cast<int>(n) : 1;
}

}  // namespace cq
