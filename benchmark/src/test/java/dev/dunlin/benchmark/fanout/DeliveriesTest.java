package dev.dunlin.benchmark.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.benchmark.load.MessageIds;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private final Deliveries deliveries = new Deliveries("\"id\":\"");

    @Test
    void everyFrameOfAnArrayIsADelivery() {
        deliveries.begin(3);
        deliveries.sending(1, System.nanoTime() - 5_000_000);
        deliveries.sending(2, System.nanoTime());
        hear("[{\"id\":\"" + MessageIds.text(3, 1) + "\"},{\"id\":\"" + MessageIds.text(3, 2) + "\"}]");
        assertThat(deliveries.count()).isEqualTo(2);
        assertThat(deliveries.times().getMaxValue()).isGreaterThanOrEqualTo(5_000_000);
    }

    @Test
    void messagesOfAnotherRoundDoNotCount() {
        deliveries.begin(3);
        hear("{\"id\":\"" + MessageIds.text(2, 1) + "\"}");
        hear("{\"type\":\"pong\"}");
        assertThat(deliveries.count()).isZero();
    }

    private void hear(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        deliveries.text(bytes, 0, bytes.length);
    }
}
