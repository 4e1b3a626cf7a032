package dev.dunlin.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.http.ListHeader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListHeaderTest {
    @Test
    void linesAreTheSameAsOneLineWithCommas() {
        assertThat(ListHeader.elements(List.of("a, b", "c"))).containsExactly("a", "b", "c");
        assertThat(ListHeader.elements(List.of("a,b,c"))).containsExactly("a", "b", "c");
        assertThat(ListHeader.elements(List.of(" , a ,,\t", ""))).containsExactly("a");
        assertThat(ListHeader.elements(List.of())).isEmpty();
    }

    @Test
    void tokenIsFoundInAnyLineAndCase() {
        assertThat(ListHeader.contains(List.of("keep-alive", "x, Upgrade"), "upgrade"))
                .isTrue();
        assertThat(ListHeader.contains(List.of("upgrades", "not upgrade"), "upgrade"))
                .isFalse();
    }
}
