package dev.dunlin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
    private final VerifiedTokens<String> tokens = new VerifiedTokens<>(3);
    private final Object keys = new Object();

    @Test
    void verifiedTokenIsFoundAgain() {
        tokens.remember("a.b.c", "alice", keys);

        assertThat(tokens.find("a.b.c", keys)).isEqualTo("alice");
        assertThat(tokens.find("a.b.d", keys)).isNull();
    }

    @Test
    void nothingCountsWithOtherKeysNotEvenWithTheFirstOnesLater() {
        tokens.remember("a.b.c", "alice", keys);

        assertThat(tokens.find("a.b.c", new Object())).isNull();
        assertThat(tokens.find("a.b.c", keys)).isNull();
        assertThat(tokens.size()).isZero();
    }

    @Test
    void nothingIsRememberedOrFoundWhileTheKeysAreUnknown() {
        tokens.remember("a.b.c", "alice", null);
        assertThat(tokens.size()).isZero();

        tokens.remember("a.b.c", "alice", keys);
        assertThat(tokens.find("a.b.c", null)).isNull();
        assertThat(tokens.find("a.b.c", keys)).isEqualTo("alice");
    }

    @Test
    void tokenThatWasNotShownForTheLongestTimeGivesWay() {
        tokens.remember("1", "one", keys);
        tokens.remember("2", "two", keys);
        tokens.remember("3", "three", keys);
        assertThat(tokens.find("1", keys)).isEqualTo("one");

        tokens.remember("4", "four", keys);

        assertThat(tokens.size()).isEqualTo(3);
        assertThat(tokens.find("2", keys)).isNull();
        assertThat(tokens.find("1", keys)).isEqualTo("one");
        assertThat(tokens.find("3", keys)).isEqualTo("three");
        assertThat(tokens.find("4", keys)).isEqualTo("four");
    }

    @Test
    void tokenThatIsVerifiedAgainCountsWithItsNewKeys() {
        Object later = new Object();
        tokens.remember("1", "one", keys);
        tokens.remember("1", "uno", later);

        assertThat(tokens.find("1", later)).isEqualTo("uno");
        assertThat(tokens.size()).isEqualTo(1);
    }
}
