package dev.dunlin.message.sequencer;

import static dev.dunlin.message.sequencer.LogFixture.ALICE;
import static dev.dunlin.message.sequencer.LogFixture.BOB;
import static dev.dunlin.message.sequencer.LogFixture.ENG;
import static dev.dunlin.message.sequencer.LogFixture.EVE;
import static dev.dunlin.message.sequencer.LogFixture.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.PresenceMode;
import dev.dunlin.protocol.http.PushMode;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.Edit;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import dev.dunlin.protocol.kafka.Role;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MentionsTest {
    private final LogFixture log = LogFixture.withGroup();
    private int id;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@bob|bob",
                "hi @bob.|bob",
                "(@bob), @eve: @a-b!|bob,eve,a-b",
                "@bob@example.com- yes|bob@example.com",
                "@first.last...|first.last",
                "@_x and\u00a0@Y9|_x,Y9",
                "@bob @bob|bob",
                "mail bob@example.com|''",
                "5@bob x_@bob .@bob -@bob @@bob|''",
                "\u00e9@bob|bob",
                "\u4f60\u597d@bob|bob",
                "\u7530\u4e2d\u3055\u3093@bob\u3055\u3093|bob",
                "\u0e44\u0e17\u0e22@bob|bob",
                "\uff20bob x\uff20eve \uff20\uff20eve|bob",
                "_@bob_ and __@eve__|bob,eve",
                "*@bob* @bob_|bob,bob_",
                "@bob._ _|bob._",
                "@ @. @- @@bob @-bob|''",
                "\u4f60\u597d\uff0c@bob|bob",
                "\ud83d\ude00@bob|bob",
            })
    void aMentionInTextStartsAndEndsWhereTheRuleSays(String text, String mentioned) {
        assertThat(mentions(LOBBY, text(text), null))
                .extracting(UserId::value)
                .isEqualTo(mentioned.isEmpty() ? List.of() : List.of(mentioned.split(",")));
    }

    @Test
    void anIdThatIsTooLongMentionsNobody() {
        assertThat(mentions(LOBBY, text("@" + "x".repeat(64)), null)).hasSize(1);
        assertThat(mentions(LOBBY, text("@" + "x".repeat(65)), null)).isEmpty();
    }

    @Test
    void onlyTextUnderItsOwnNameIsLookedAt() {
        assertThat(mentions(LOBBY, TextNode.valueOf("@bob"), null)).isEmpty();
        assertThat(mentions(LOBBY, JsonNodeFactory.instance.objectNode().put("title", "@bob"), null))
                .isEmpty();
    }

    @Test
    void aFinalUnderscoreIsOfTheIdOfAMemberOrElseEmphasis() {
        log.run(ALICE, ENG, new AddMember(new UserId("eve_"), Role.MEMBER));

        assertThat(mentions(ENG, text("@bob_"), null)).containsExactly(BOB);
        assertThat(mentions(ENG, text("_@bob_"), null)).containsExactly(BOB);
        assertThat(mentions(ENG, text("_@eve_"), null)).containsExactly(new UserId("eve_"));
    }

    @Test
    void unknownNamesHideNoMember() {
        String unknown = IntStream.range(0, 150).mapToObj(i -> "@x" + i).collect(Collectors.joining(" "));
        String many = IntStream.range(0, 100_000).mapToObj(i -> "@x" + i).collect(Collectors.joining(" "));

        assertThat(mentionsInLargeGroup(unknown + " @bob")).containsExactly(BOB);
        assertThat(mentions(new ChannelName("large:open"), text(unknown + " @bob"), null))
                .hasSize(50)
                .doesNotContain(BOB);
        assertThat(Mentions.candidates(null, text(many))).hasSize(MentionsInText.MOST_IDS);
    }

    /**
     * The rule of the protocol as a regular expression, for texts of the characters that matter.
     */
    @Property
    void mentionsInTextAreThoseOfTheRule(
            @ForAll
                    @StringLength(max = 40)
                    @Chars({'a', 'b', '1', '_', '.', '-', '@', ' ', '\uff20', '\u4f60', '\u00e9'})
                    String text) {
        Set<UserId> expected = new LinkedHashSet<>();
        Matcher at = Pattern.compile("(?<![A-Za-z0-9.@\\-\uff20]_{0,40})[@\uff20]([A-Za-z0-9_.@-]*)")
                .matcher(text);
        while (at.find()) {
            String id = at.group(1).replaceAll("[.@-]+$", "");
            String bare = id.replaceAll("[._@-]+$", "");
            String shown = at.start() > 0 && text.charAt(at.start() - 1) == '_' && !bare.isEmpty() ? bare : id;
            if (!shown.isEmpty() && !shown.matches("[.@-].*")) {
                expected.add(new UserId(shown));
            }
        }
        Set<UserId> found = new LinkedHashSet<>();
        MentionsInText.of(text(text)).forEach(spellings -> found.add(spellings.getFirst()));
        assertThat(found).as(text).containsExactlyElementsOf(expected);
    }

    @Test
    void namedUsersComeFirstAndEachCountsOnce() {
        assertThat(mentions(LOBBY, text("@eve @bob"), List.of(BOB, ALICE))).containsExactly(BOB, ALICE, EVE);
    }

    @Test
    void inAChannelOfMembersOnlyMembersAreMentioned() {
        assertThat(mentions(ENG, text("@bob and @eve"), List.of(EVE))).containsExactly(BOB);
    }

    @Test
    void inADirectChannelThatComesToBeTheTwoInItsNameCount() {
        assertThat(mentions(LogFixture.DIRECT, text("@bob @eve"), null)).containsExactly(BOB);
    }

    @Test
    void aMessageMentionsFiftyAtMost() {
        List<UserId> named =
                IntStream.range(0, 49).mapToObj(i -> new UserId("u" + i)).toList();

        assertThat(mentions(LOBBY, text("@eve @bob @alice"), named))
                .hasSize(50)
                .startsWith(new UserId("u0"))
                .endsWith(EVE);
    }

    @Test
    void anEditGivesTheMentionsOfItsOwn() {
        log.run(ALICE, ENG, new Publish(new ClientMessageId("a"), text("@bob"), null));

        Outcome.Appended edited = (Outcome.Appended) log.run(ALICE, ENG, new Edit(1, text("nobody"), null));
        assertThat(((ServerFrame.Edited) edited.logged().event()).mentions()).isNull();

        edited = (Outcome.Appended) log.run(ALICE, ENG, new Edit(1, text("me"), List.of(ALICE)));
        assertThat(((ServerFrame.Edited) edited.logged().event()).mentions()).containsExactly(ALICE);
        assertThat(log.log.message(ENG, 1).orElseThrow().mentions()).containsExactly(ALICE);
    }

    /** In the group of alice and bob, if its namespace takes such texts. */
    private List<UserId> mentionsInLargeGroup(String text) {
        Namespaces namespaces = new Namespaces(Map.of(
                "group",
                new NamespacePolicy(
                        "group",
                        true,
                        NamespacePolicy.Read.MEMBERS,
                        NamespacePolicy.Publish.MEMBERS,
                        PresenceMode.MEMBERS,
                        PushMode.ALL,
                        null,
                        65_536)));
        List<CommandRecord> batch =
                List.of(log.record(ALICE, ENG, new Publish(new ClientMessageId("large"), text(text), null)));
        LogState state = log.log.load(Touched.by(batch));
        Outcome.Appended appended = (Outcome.Appended)
                new Sequencer(namespaces).sequence(state, batch).getFirst().outcome();
        List<UserId> mentions = ((ServerFrame.Message) appended.logged().event()).mentions();
        return mentions == null ? List.of() : mentions;
    }

    private List<UserId> mentions(ChannelName channel, JsonNode data, @Nullable List<UserId> named) {
        Outcome.Appended appended = (Outcome.Appended)
                log.run(ALICE, channel, new Publish(new ClientMessageId("m" + id++), data, null, named));
        List<UserId> mentions = ((ServerFrame.Message) appended.logged().event()).mentions();
        return mentions == null ? List.of() : mentions;
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.objectNode().put("text", text);
    }
}
