package dev.dunlin.benchmark.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkTest {
    @Test
    void aStackBelongsToTheStepThatCausedItWhateverIsInnermost() {
        assertThat(Work.of(List.of(
                        "java/lang/VirtualThread.run;dev/dunlin/push/schedule/Courier.send;javax/crypto/Cipher.doFinal 6",
                        "java/lang/VirtualThread.run;dev/dunlin/push/schedule/Planner.plan;io/netty/channel/Foo.write 2",
                        "io/netty/channel/epoll/EpollEventLoop.run;sun/security/ssl/SSLEngineImpl.wrap 1",
                        "start_thread;something 1")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "build and send",
                        0.6,
                        "ask for messages, texts, presence, badges",
                        0.2,
                        "event loops: HTTP/2, TLS",
                        0.1,
                        "other",
                        0.1));
    }
}
