#include "background.hpp"

#include <chrono>
#include <memory>

#if defined(__linux__)
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#elif defined(_WIN32)
#define NOMINMAX
#include <windows.h>
#elif defined(__APPLE__)
#include <pthread.h>
#include <sys/qos.h>
#endif

namespace cq {
namespace {

// How often the caller looks whether it should stop the work.
constexpr std::chrono::milliseconds kWait{5};

thread_local bool low_here = false;
thread_local std::unique_ptr<Background> background_here;

}  // namespace

void lower_priority() {
    low_here = true;
    // where it fails, the work is done all the same
#if defined(__linux__)
    constexpr int lowest = 19;
    setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), lowest);
#elif defined(_WIN32)
    SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_LOWEST);
#elif defined(__APPLE__)
    pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, 0);
#endif
}

bool has_low_priority() { return low_here; }

void Background::begin() {
    if (!background_here) background_here = std::make_unique<Background>();
}

Background* Background::current() { return background_here.get(); }

Background::Background() : thread_([this] { serve(); }) {}

Background::~Background() {
    {
        std::lock_guard<std::mutex> lock(mutex_);
        stop_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Background::run(const std::function<void()>& work) {
    Watch::check();
    std::exception_ptr refusal;  // what asking brought up
    std::unique_lock<std::mutex> lock(mutex_);
    work_ = &work;
    watch_ = Watch::current();
    wake_.notify_one();
    while (!done_.wait_for(lock, kWait, [this] { return !work_; })) {
        if (refusal) continue;
        lock.unlock();
        try {
            Watch::check();
        } catch (...) {
            refusal = std::current_exception();
        }
        lock.lock();
    }
    const std::exception_ptr failure = std::exchange(failure_, nullptr);
    if (refusal) std::rethrow_exception(refusal);
    if (failure) std::rethrow_exception(failure);
}

void Background::serve() {
    lower_priority();
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return stop_ || work_; });
        if (stop_) return;
        lock.unlock();
        {
            const Watch::Help help(watch_);
            try {
                (*work_)();
            } catch (...) {
                failure_ = std::current_exception();
            }
        }
        lock.lock();
        work_ = nullptr;
        watch_ = nullptr;
        done_.notify_one();
    }
}

}  // namespace cq
