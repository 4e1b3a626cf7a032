package dev.dunlin.message.testing;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.dunlin.message.search.Search;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.Edit;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every {@link Search} keeps that can search. */
public abstract class SearchContract extends StoreContract {
    @Test
    public void wordsAreFoundNewestFirstWithoutRegardToCase() {
        run(alice, room, message("a", "The quick brown fox"));
        run(alice, room, message("b", "a slow fox"));
        run(alice, room, message("c", "no animals"));

        assertThat(found("FOX")).containsExactly(2L, 1L);
        assertThat(found("quick fox")).containsExactly(1L);
        assertThat(found("\"brown fox\"")).containsExactly(1L);
        assertThat(found("\"fox brown\"")).isEmpty();
        assertThat(found("slow or animals")).containsExactly(3L, 2L);
        assertThat(found("fox -quick")).containsExactly(2L);
    }

    @Test
    public void allStringsOfTheDataAreSearchedAndNoNamesOfFields() {
        run(
                alice,
                room,
                new Publish(
                        new ClientMessageId("a"),
                        JsonNodeFactory.instance
                                .objectNode()
                                .set(
                                        "card",
                                        JsonNodeFactory.instance.objectNode().put("headline", "Überfahrt nach 北京")),
                        null));

        assertThat(found("überfahrt")).containsExactly(1L);
        assertThat(found("北京")).containsExactly(1L);
        assertThat(found("headline")).isEmpty();
    }

    @Test
    public void anEditIsFoundByItsNewWordsAndADeletedMessageNever() {
        run(alice, room, message("a", "before"));
        run(alice, room, new Edit(1, text("after")));

        assertThat(found("before")).isEmpty();
        assertThat(found("after")).containsExactly(1L);

        run(alice, room, new Delete(1));

        assertThat(found("after")).isEmpty();
    }

    @Test
    public void textThatNoStoreHoldsDoesNotHideWhatIsBesideIt() {
        run(alice, room, message("a", "nul\u0000 beside\u0001it"));

        assertThat(found("beside")).containsExactly(1L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ¿qué tal?                       | qué
            “hello” she said                | hello
            «bonjour»                       | bonjour
            wait…                           | wait
            party🎉                          | party
            ❤️love                           | love
            ماذا؟ نعم، شكرا                 | ماذا
            ماذا؟ نعم، شكرا                 | نعم
            नमस्ते।हिन्दी                      | नमस्ते
            नमस्ते।हिन्दी                      | हिन्दी
            ticket DUN-1234 is open         | 1234
            ticket DUN-1234 is open         | dun
            ticket DUN-1234 is open         | dun-1234
            run foo.sh now                  | foo.sh
            run foo.sh now                  | foo
            run foo.sh now                  | sh
            https://docs.example.com/guide/start-here?x=1#top | https://docs.example.com/guide/start-here?x=1#top
            https://docs.example.com/guide/start-here?x=1#top | docs.example.com
            https://docs.example.com/guide/start-here?x=1#top | example
            https://docs.example.com/guide/start-here?x=1#top | guide
            https://docs.example.com/guide/start-here?x=1#top | start-here
            mail bob.smith@example.com      | bob.smith@example.com
            mail bob.smith@example.com      | example.com
            mail bob.smith@example.com      | smith
            Straße                          | STRASSE
            STRASSE                         | straße
            İstanbul                        | istanbul
            istanbul                        | İSTANBUL
            ΟΔΟΣ                            | οδός -x or οδος
            οδος                            | ΟΔΟΣ
            Ｈｅｌｌｏ                      | hello
            hello                           | ＨＥＬＬＯ
            ﬁnal                            | FINAL
            北京大学在海淀区                | 大学
            北京大学在海淀区                | 北京大学
            北京大学在海淀区                | 区
            北京大学在海淀区                | 海
            iPhone手机壳                    | iphone
            iPhone手机壳                    | 手机
            iPhone手机壳                    | iPhone手机
            こんにちは、世界                | にちは
            コーヒーを飲む                  | コーヒー
            ｺｰﾋｰ                             | コーヒー
            학교에서 만나요                 | 학교
            ภาษาไทยง่าย                      | ไทย
            ພາສາລາວ                         | ລາວ
            ភាសាខ្មែរ                          | ខ្មែរ
            understanding                   | underst
            see the understanding           | the underst
            snake_case_name                 | case
            don't                           | don't
            """)
    public void aWordIsFoundWhateverStandsBesideItAndHoweverItIsWritten(String text, String query) {
        run(alice, room, message("a", "nothing of it"));
        run(alice, room, message("b", text));

        assertThat(found(query)).containsExactly(2L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            北京大学         | 京北
            北京和东京       | 北京东京
            understanding    | "underst"
            understanding    | underst now
            dun 99 1234      | dun-1234
            foo and sh       | foo.sh
            example org com  | example.com
            """)
    public void partsInAnotherOrderAndUnfinishedWordsInTheMiddleAreNotFound(String text, String query) {
        run(alice, room, message("a", text));

        assertThat(found(query)).isEmpty();
    }

    @Test
    public void composedAndDecomposedLettersAreTheSame() {
        run(alice, room, message("a", "caf\u00e9 \uac00\uc74c"));
        run(alice, room, message("b", "cafe\u0301 \u1100\u1161\u110b\u1173\u11b7"));

        assertThat(found("caf\u00e9")).containsExactly(2L, 1L);
        assertThat(found("cafe\u0301")).containsExactly(2L, 1L);
        assertThat(found("\uac00\uc74c")).containsExactly(2L, 1L);
        assertThat(found("\u1100\u1161\u110b\u1173\u11b7")).containsExactly(2L, 1L);
    }

    @Test
    public void whatIsNotWantedIsNoPrefixAndMayHaveParts() {
        run(alice, room, message("a", "fox quickly"));
        run(alice, room, message("b", "fox DUN-1234"));

        assertThat(found("fox -quick")).containsExactly(2L, 1L);
        assertThat(found("fox -quickly")).containsExactly(2L);
        assertThat(found("fox -dun-1234")).containsExactly(1L);
        assertThat(found("fox -\"quickly\"")).containsExactly(2L);
        assertThat(found("-quickly")).containsExactly(2L);
    }

    @Test
    public void orWithoutSomethingOnBothSidesIsAWord() {
        run(alice, room, message("a", "now or never"));
        run(alice, room, message("b", "now"));

        assertThat(found("or never")).containsExactly(1L);
        assertThat(found("now or")).containsExactly(1L);
        assertThat(found("\"or\"")).containsExactly(1L);
        assertThat(found("?! or never")).containsExactly(1L);
    }

    @Test
    public void aMessageOfTheLargestSizeIsStoredWhateverItsTextAndItsWordsAreFound() {
        ChannelName large = new ChannelName("large:" + suffix);
        String words = IntStream.range(0, 10_000).mapToObj(i -> "w" + i).collect(joining(" "));
        String characters = IntStream.range(0, 21_000)
                .mapToObj(i -> Character.toString(0x4e00 + i % 20_000))
                .collect(joining());
        run(alice, large, message("a", words));
        run(alice, large, message("b", characters));
        run(alice, large, message("c", "x".repeat(65_000)));
        run(alice, large, message("d", "\ufdfa".repeat(21_000)));
        run(alice, large, message("e", "y ".repeat(32_000)));

        assertThat(foundIn(large, "w9999")).containsExactly(1L);
        assertThat(foundIn(large, Character.toString(0x4e00 + 100) + Character.toString(0x4e00 + 101)))
                .containsExactly(2L);
        assertThat(foundIn(large, "x".repeat(256))).containsExactly(3L);
        assertThat(foundIn(large, "\ufdfa")).containsExactly(4L);
        assertThat(foundIn(large, "\"y y y\"")).containsExactly(5L);
    }

    @Test
    public void onlyTheChannelIsSearchedAndOnlyBetweenTheSeqs() {
        ChannelName other = new ChannelName("room:other-" + suffix);
        run(alice, other, message("a", "word"));
        for (int i = 0; i < 4; i++) {
            run(alice, room, message("m" + i, "word"));
        }

        assertThat(found("word")).containsExactly(4L, 3L, 2L, 1L);
        assertThat(found("word", 2, 4, 10)).containsExactly(3L, 2L);
        assertThat(found("word", 1, Long.MAX_VALUE, 2)).containsExactly(4L, 3L);
    }

    @Test
    public void aChannelsNameIsNoWordOfItsMessages() {
        run(alice, room, message("a", "word"));

        assertThat(found(room.value())).isEmpty();
    }

    @Test
    public void textWithoutWordsIsSaidToHaveNone() {
        run(alice, room, message("a", "word"));

        for (String nothing : List.of("?!", "\"\"", "& |", "' \\ :*")) {
            assertThat(store().search().search(room, nothing, 1, Long.MAX_VALUE, 10))
                    .as(nothing)
                    .isEqualTo(new Search.Result.Nothing());
        }
    }

    private List<Long> found(String text) {
        return found(text, 1, Long.MAX_VALUE, 10);
    }

    private List<Long> found(String text, long from, long before, int limit) {
        return foundIn(room, text, from, before, limit);
    }

    private List<Long> foundIn(ChannelName channel, String text) {
        return foundIn(channel, text, 1, Long.MAX_VALUE, 10);
    }

    private List<Long> foundIn(ChannelName channel, String text, long from, long before, int limit) {
        Search.Result result = store().search().search(channel, text, from, before, limit);
        return ((Search.Result.Found) result)
                .messages().stream().map(ServerFrame.Message::seq).toList();
    }
}
