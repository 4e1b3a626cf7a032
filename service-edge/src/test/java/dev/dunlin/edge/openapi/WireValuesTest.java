package dev.dunlin.edge.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema of an id allows what its record allows. */
class WireValuesTest {
    private static final Map<Class<?>, Function<String, ?>> READERS = Map.of(
            ChannelName.class, ChannelName::new,
            UserId.class, UserId::new,
            ClientMessageId.class, ClientMessageId::new,
            Epoch.class, Epoch::new,
            SessionId.class, SessionId::new,
            NodeId.class, NodeId::new,
            Emoji.class, Emoji::new);

    static Stream<Class<?>> ids() {
        return READERS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void anIdHasTheRuleOfItsRecord(Class<?> id) {
        Schema schema = WireValues.find(id.getName()).orElseThrow();
        List<String> texts = Stream.concat(
                        Stream.of("", "a", "a:b", "a:b:c", ":b", "a:", "a b", "a\nb", "ü", "👍", "~!", "a/b", "a_-.@9"),
                        Stream.of(31, 32, 33, 63, 64, 65, 127, 128, 129)
                                .flatMap(length -> Stream.of("a".repeat(length), "n:" + "a".repeat(length - 2))))
                .toList();
        assertThat(texts)
                .allSatisfy(text -> assertThat(allows(schema, text))
                        .as(id.getSimpleName() + " " + text)
                        .isEqualTo(accepts(Objects.requireNonNull(READERS.get(id)), text)));
    }

    private static boolean allows(Schema schema, String text) {
        return text.length() >= schema.getMinLength()
                && text.length() <= schema.getMaxLength()
                && text.matches(schema.getPattern());
    }

    private static boolean accepts(Function<String, ?> reader, String text) {
        try {
            var unused = reader.apply(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
