package dev.dunlin.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.frame.StatusChoice;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void aLineIsSaidAsItIsUnlessItBeginsWithASlash() {
        assertThat(Command.parse(" it's \"so\" \\ ")).isEqualTo(new Command.Say(" it's \"so\" \\ "));
        assertThat(Command.parse("//etc")).isEqualTo(new Command.Say("/etc"));
        assertThat(Command.parse("   ")).isEqualTo(new Command.Nothing());
    }

    @Test
    void aMessageIsNamedByItsNumberOrTheNewestIsMeant() {
        assertThat(Command.parse("/edit #7 better words"))
                .isEqualTo(new Command.Edit(OptionalLong.of(7), "better words"));
        assertThat(Command.parse("/edit 7 is better")).isEqualTo(new Command.Edit(OptionalLong.empty(), "7 is better"));
        assertThat(Command.parse("/delete")).isEqualTo(new Command.Delete(OptionalLong.empty()));
        assertThat(Command.parse("/react #3 +1")).isEqualTo(new Command.React(OptionalLong.of(3), "+1", false));
        assertThat(Command.parse("/unreact +1")).isEqualTo(new Command.React(OptionalLong.empty(), "+1", true));
        assertThat(Command.parse("/reply #3 yes")).isEqualTo(new Command.Reply(3, "yes"));
    }

    @Test
    void aStatusIsAModeAndAText() {
        assertThat(Command.parse("/status")).isEqualTo(new Command.SetStatus(null));
        assertThat(Command.parse("/status dnd In a meeting"))
                .isEqualTo(new Command.SetStatus(new StatusChoice(StatusChoice.Mode.DND, "In a meeting", null, null)));
        assertThat(Command.parse("/status auto")).isEqualTo(new Command.SetStatus(StatusChoice.NONE));
        assertThat(Command.parse("/status busy")).isInstanceOf(Command.Wrong.class);
        assertThat(Command.parse("/status away " + "x".repeat(141))).isInstanceOf(Command.Wrong.class);
    }

    @Test
    void historyTakesASensibleNumber() {
        assertThat(Command.parse("/history")).isEqualTo(new Command.History(20));
        assertThat(Command.parse("/history 5")).isEqualTo(new Command.History(5));
        assertThat(Command.parse("/history 0")).isInstanceOf(Command.Wrong.class);
        assertThat(Command.parse("/history 9999999999999")).isInstanceOf(Command.Wrong.class);
    }

    @Test
    void whatIsNoCommandIsSaidAndNotSent() {
        for (String line : new String[] {"/hlep", "/edit", "/reply yes", "/react", "/delete it", "/react #0"}) {
            assertThat(Command.parse(line)).as(line).isNotInstanceOf(Command.Say.class);
        }
        assertThat(Command.parse("/hlep")).isInstanceOf(Command.Wrong.class);
    }

    @Test
    void everyCommandOfTheHelpIsOne() {
        for (String name : Command.NAMES) {
            assertThat(Command.HELP).contains(name);
            assertThat(Command.parse(name))
                    .as(name)
                    .satisfiesAnyOf(
                            command -> assertThat(command).isNotInstanceOf(Command.Wrong.class),
                            command ->
                                    assertThat(((Command.Wrong) command).why()).doesNotContain("no such command"));
        }
    }
}
