package dev.dunlin.benchmark.million;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelMemoryTest {
    @Test
    void theKernelsFilesAreInKibibytesAndInPages() {
        KernelMemory memory = KernelMemory.parse(
                List.of(
                        "MemTotal:       1000 kB",
                        "MemAvailable:    400 kB",
                        "Slab:             50 kB",
                        "SReclaimable: 7 kB"),
                "sockets: used 100\nTCP: inuse 5 orphan 0 tw 0 alloc 6 mem 3\nUDP: inuse 0 mem 9\n");
        assertThat(memory).isEqualTo(new KernelMemory(600 * 1024, 50 * 1024, 3 * 4096));
    }
}
