package dev.dunlin.connection.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.fake.CountingMetrics;
import dev.dunlin.connection.fake.ManualLoop;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.ClientFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarksTest {
    private static final ChannelName ENG = new ChannelName("group:eng");
    private static final ChannelName OPS = new ChannelName("group:ops");

    private final ManualLoop loop = new ManualLoop();
    private final List<ClientFrame> sent = new ArrayList<>();
    private final Marks marks = new Marks(loop::after, sent::add, new CountingMetrics());

    @Test
    void marksOfAMomentBecomeOneCommandWithTheHighestSeq() {
        read(ENG, 3, 7, 5);
        assertThat(sent).isEmpty();
        loop.pass(Marks.TICK);
        assertThat(sent).containsExactly(new ClientFrame.Read(ENG, 7));
    }

    @Test
    void readCoversReceivedUpToIt() {
        received(ENG, 7);
        read(ENG, 7);
        received(OPS, 9);
        read(OPS, 4);
        loop.pass(Marks.TICK);
        assertThat(sent)
                .containsExactly(
                        new ClientFrame.Read(ENG, 7), new ClientFrame.Read(OPS, 4), new ClientFrame.Received(OPS, 9));
    }

    @Test
    void laterMarksMakeACommandOfTheirOwn() {
        read(ENG, 3);
        loop.pass(Marks.TICK);
        read(ENG, 4);
        loop.pass(Marks.TICK);
        loop.pass(Marks.TICK);
        assertThat(sent).containsExactly(new ClientFrame.Read(ENG, 3), new ClientFrame.Read(ENG, 4));
    }

    @Test
    void lastMarkIsSentWhenTheSessionEnds() {
        read(ENG, 3);
        marks.flush();
        loop.pass(Marks.TICK);
        assertThat(sent).containsExactly(new ClientFrame.Read(ENG, 3));
    }

    @Test
    void moreChannelsThanMayWaitAreSentAtOnce() {
        for (int i = 0; i < 257; i++) {
            read(new ChannelName("room:" + i), 1);
        }
        assertThat(sent).hasSize(256);
        loop.pass(Marks.TICK);
        assertThat(sent).hasSize(257);
    }

    private void read(ChannelName channel, long... seqs) {
        for (long seq : seqs) {
            marks.handle(new ClientFrame.Read(channel, seq));
        }
    }

    private void received(ChannelName channel, long... seqs) {
        for (long seq : seqs) {
            marks.handle(new ClientFrame.Received(channel, seq));
        }
    }
}
