#include "pool.hpp"

#include <algorithm>
#include <system_error>

#ifdef __linux__
#include <sched.h>
#endif

namespace cq {

namespace {
// More than that only costs: the work is bound by memory long before.
constexpr int kMostThreads = 64;
}  // namespace

Pool::Pool(int threads) {
    const int wanted = std::min(threads, kMostThreads);
    helpers_.reserve(static_cast<std::size_t>(wanted));
    for (int i = 1; i < wanted; ++i) {
        try {
            helpers_.emplace_back([this, i] { help(i); });
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
        for (std::size_t i = 0; i < count; ++i) task(i, 0);
        return;
    }
    std::lock_guard<std::mutex> one_job(caller_);
    {
        std::lock_guard<std::mutex> lock(mutex_);
        task_ = &task;
        count_ = count;
        next_.store(0);
        busy_ = static_cast<int>(helpers_.size());
        ++generation_;
    }
    wake_.notify_all();
    drain(0);
    std::unique_lock<std::mutex> lock(mutex_);
    done_.wait(lock, [this] { return busy_ == 0; });
    task_ = nullptr;
}

void Pool::drain(int worker) {
    for (std::size_t i = next_.fetch_add(1); i < count_; i = next_.fetch_add(1)) (*task_)(i, worker);
}

void Pool::help(int worker) {
    unsigned long seen = 0;
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
        wake_.wait(lock, [&] { return stop_ || generation_ != seen; });
        if (stop_) return;
        seen = generation_;
        lock.unlock();
        drain(worker);
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
