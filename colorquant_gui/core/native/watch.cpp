#include "watch.hpp"

#include <utility>

namespace cq {
namespace {

std::atomic<std::int64_t> patience_us{20000};

thread_local Watch* watch_here = nullptr;
thread_local bool helping = false;

}  // namespace

Watch::Watch(std::function<bool()> ask) : ask_(std::move(ask)), asked_(Clock::now()), outer_(watch_here) {
    watch_here = this;
}

Watch::~Watch() { watch_here = outer_; }

Watch* Watch::current() { return watch_here; }

void Watch::set_patience(std::chrono::microseconds patience) { patience_us.store(patience.count()); }

void Watch::check() {
    if (watch_here) watch_here->look();
}

void Watch::look() {
    if (stop_.load(std::memory_order_relaxed)) throw Cancelled();
    if (helping) return;
    const auto now = Clock::now();
    if (now - asked_ < std::chrono::microseconds(patience_us.load(std::memory_order_relaxed))) return;
    const bool stop = ask_();
    asked_ = Clock::now();  // the answer may have had to wait for the interpreter
    if (!stop) return;
    stop_.store(true, std::memory_order_relaxed);
    throw Cancelled();
}

Watch::Help::Help(Watch* watch) {
    watch_here = watch;
    helping = true;
}

Watch::Help::~Help() {
    watch_here = nullptr;
    helping = false;
}

}  // namespace cq
