// Large zeroed memory in large pages, where the system has them.
//
// A table or an array of tens of megabytes costs a page fault for every 4 KB first touched, and
// random access to it a look-up in the page tables; with 2 MB pages both all but vanish.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace cq {

constexpr std::size_t kLargePage = std::size_t{1} << 21;

struct LargeFree {
    std::size_t mapped = 0;  // bytes; 0 where the memory is from calloc
    void operator()(void* p) const {
#ifdef __linux__
        if (mapped > 0) {
            munmap(p, mapped);
            return;
        }
#endif
        std::free(p);
    }
};

template <class T>
using LargeArray = std::unique_ptr<T[], LargeFree>;

// Zeroed by the system, page by page, when first touched.
template <class T>
LargeArray<T> large_array(std::size_t count) {
    const std::size_t size = (count * sizeof(T) + kLargePage - 1) / kLargePage * kLargePage;
#ifdef __linux__
    if (count * sizeof(T) >= 3 * kLargePage / 2) {
        // Map one page more than needed, to cut out a piece that starts at a page's border.
        void* p = mmap(nullptr, size + kLargePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (p == MAP_FAILED) throw std::bad_alloc();
        auto* base = static_cast<char*>(p);
        const std::size_t skip = (kLargePage - reinterpret_cast<std::size_t>(base) % kLargePage) % kLargePage;
        if (skip > 0) munmap(base, skip);
        if (kLargePage - skip > 0) munmap(base + skip + size, kLargePage - skip);
        madvise(base + skip, size, MADV_HUGEPAGE);
        return LargeArray<T>(reinterpret_cast<T*>(base + skip), LargeFree{size});
    }
#endif
    void* p = std::calloc(count > 0 ? count : 1, sizeof(T));
    if (!p) throw std::bad_alloc();
    return LargeArray<T>(static_cast<T*>(p), LargeFree{0});
}

// An array that is zero, and costs nothing until it is touched: so the threads that fill it share
// that cost, which for a vector the one that makes it would pay.
template <class T>
class Zeroed {
public:
    Zeroed() = default;
    explicit Zeroed(std::size_t count) : memory_(large_array<T>(count)), size_(count) {}

    T* data() { return memory_.get(); }
    const T* data() const { return memory_.get(); }
    T& operator[](std::size_t i) { return memory_[i]; }
    const T& operator[](std::size_t i) const { return memory_[i]; }
    std::size_t size() const { return size_; }
    T* begin() { return data(); }
    T* end() { return data() + size_; }
    const T* begin() const { return data(); }
    const T* end() const { return data() + size_; }

private:
    LargeArray<T> memory_;
    std::size_t size_ = 0;
};

}  // namespace cq
