package dev.dunlin.connection.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CursorTest {
    private static final Epoch EPOCH = new Epoch("mwraepjk");
    private static final ChannelName ENG = new ChannelName("group:eng");
    private static final ChannelName OPS = new ChannelName("group:ops");

    private final Positions positions = new Positions(null);

    @Test
    void carriesTheSeqOfEachChannelToAnotherNode() throws InvalidInput {
        positions.start(ENG, EPOCH, 0);
        positions.start(OPS, EPOCH, 41);
        positions.moveTo(ENG, 7);
        positions.moveTo(OPS, (1L << 48) - 1);
        Cursor cursor = Cursor.parse(text());
        assertThat(cursor.find(ENG, EPOCH)).hasValue(7);
        assertThat(cursor.find(OPS, EPOCH)).hasValue((1L << 48) - 1);
        assertThat(cursor.find(new ChannelName("group:other"), EPOCH)).isEmpty();
    }

    @Test
    void knowsNothingOfAnotherEpoch() throws InvalidInput {
        positions.start(ENG, EPOCH, 7);
        assertThat(Cursor.parse(text()).find(ENG, new Epoch("rebuilt"))).isEmpty();
        positions.start(ENG, new Epoch("rebuilt"), 2);
        assertThat(Cursor.parse(text()).find(ENG, EPOCH)).isEmpty();
        assertThat(Cursor.parse(text()).find(ENG, new Epoch("rebuilt"))).hasValue(2);
    }

    @Test
    void goesOnFromWhatWasBroughtAlong() throws InvalidInput {
        positions.start(ENG, EPOCH, 7);
        positions.start(OPS, EPOCH, 8);
        Positions next = new Positions(Cursor.parse(text()));
        next.start(ENG, EPOCH, 7);
        next.moveTo(ENG, 9);
        Cursor before = Cursor.parse(new String(next.toBytes(), StandardCharsets.US_ASCII));
        assertThat(before.find(OPS, EPOCH)).hasValue(8);
        next.forgetOthers();
        Cursor after = Cursor.parse(new String(next.toBytes(), StandardCharsets.US_ASCII));
        assertThat(after.find(ENG, EPOCH)).hasValue(9);
        assertThat(after.find(OPS, EPOCH)).isEmpty();
    }

    @Test
    void endedChannelsLeaveNothingBehind() throws InvalidInput {
        positions.start(ENG, EPOCH, 7);
        positions.start(OPS, EPOCH, 8);
        positions.end(ENG);
        assertThat(positions.moveTo(ENG, 9)).isFalse();
        assertThat(Cursor.parse(text()).find(ENG, EPOCH)).isEmpty();
        assertThat(Cursor.parse(text()).find(OPS, EPOCH)).hasValue(8);
    }

    @Test
    void fiveHundredChannelsFitInAHeaderAndMoreAreLeftOut() throws InvalidInput {
        for (int i = 0; i < 600; i++) {
            positions.start(channel(i), EPOCH, i);
        }
        assertThat("Last-Event-ID: ".length() + text().length()).isLessThan(8192);
        Cursor cursor = Cursor.parse(text());
        for (int i = 0; i < 600; i++) {
            assertThat(cursor.find(channel(i), EPOCH)).isEqualTo(i < 500 ? OptionalLong.of(i) : OptionalLong.empty());
        }
        positions.end(channel(3));
        positions.start(channel(599), EPOCH, 1);
        assertThat(Cursor.parse(text()).find(channel(599), EPOCH)).hasValue(1);
    }

    @Test
    void endOfTheTokenIsAnnouncedOncePerCursorAndNeverCostsAChannel() throws InvalidInput {
        positions.start(ENG, EPOCH, 7);
        assertThat(positions.warn(1_800_000_000_123L)).isEqualTo(Positions.Warning.REMEMBERED);
        Positions next = new Positions(Cursor.parse(text()));
        next.start(ENG, EPOCH, 7);
        next.forgetOthers();
        assertThat(next.warn(1_800_000_000_123L)).isEqualTo(Positions.Warning.KNOWN);
        assertThat(next.warn(1_800_000_060_000L)).isEqualTo(Positions.Warning.REMEMBERED);
        for (int i = 0; i < 500; i++) {
            next.start(channel(i), EPOCH, i);
        }
        next.end(ENG);
        next.start(channel(499), EPOCH, 499);
        Cursor full = Cursor.parse(new String(next.toBytes(), StandardCharsets.US_ASCII));
        for (int i = 0; i < 500; i++) {
            assertThat(full.find(channel(i), EPOCH)).hasValue(i);
        }
        assertThat(next.warn(1_800_000_060_000L)).isEqualTo(Positions.Warning.FORGOTTEN);
        assertThat(next.toBytes()).hasSizeLessThan(8192);
    }

    @Test
    void anyDamageIsSeen() {
        positions.start(ENG, EPOCH, 7);
        positions.start(OPS, EPOCH, 8);
        String whole = text();
        for (int i = 1; i < whole.length(); i++) {
            for (char other : List.of('A', 'B', '_', '=', 'é', '\n')) {
                if (whole.charAt(i) != other) {
                    String damaged = whole.substring(0, i) + other + whole.substring(i + 1);
                    assertThatThrownBy(() -> Cursor.parse(damaged)).as(damaged).isInstanceOf(InvalidInput.class);
                }
            }
            String cut = whole.substring(0, i);
            assertThatThrownBy(() -> Cursor.parse(cut)).as(cut).isInstanceOf(InvalidInput.class);
        }
        String twice = whole + whole.substring(8);
        assertThatThrownBy(() -> Cursor.parse(twice)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void nothingThatAClientSendsBreaksTheReader() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "1" : "");
            int length = random.nextInt(60);
            for (int c = 0; c < length; c++) {
                text.append((char) (random.nextInt(10) == 0 ? random.nextInt(0x10000) : 'A' + random.nextInt(26)));
            }
            try {
                assertThat(Cursor.parse(text.toString()).find(ENG, EPOCH)).isEmpty();
            } catch (InvalidInput expected) {
                assertThat(expected).hasMessageStartingWith("cursor: ");
            }
        }
    }

    @Test
    void cursorOfALaterVersionHasNoPositions() throws InvalidInput {
        assertThat(Cursor.parse("2anything").find(ENG, EPOCH)).isEmpty();
    }

    private static ChannelName channel(int number) {
        return new ChannelName("group:" + "long-name-".repeat(8) + number);
    }

    private String text() {
        return new String(positions.toBytes(), StandardCharsets.US_ASCII);
    }
}
