package dev.dunlin.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelEvent;
import dev.dunlin.protocol.kafka.SessionRecord;
import dev.dunlin.protocol.kafka.StoredUser;
import dev.dunlin.protocol.kafka.Topics;
import dev.dunlin.protocol.kafka.UserEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The schema, the golden fixtures, the code and {@code docs/protocol.md} say the same of every
 * frame and record.
 */
class FixturesTest {
    private static final Path DOCS = Path.of(System.getProperty("dunlin.root", ".."), "docs");
    private static final Path FIXTURES = DOCS.resolve("protocol/fixtures");
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(id -> id.equals("urn:dunlin:protocol:v1") ? schemaText() : null));

    private record Fixture(String name, JsonNode json) {
        Schema schema() {
            return SCHEMAS.getSchema(SchemaLocation.of("urn:dunlin:protocol:v1#/$defs/" + name));
        }

        Class<?> type() {
            return switch (name.substring(0, name.indexOf('.'))) {
                case "client" -> ClientFrame.class;
                case "server" -> ServerFrame.class;
                case "bus" -> UserNotice.class;
                default -> recordType();
            };
        }

        private Class<?> recordType() {
            String topic = String.join(".", Arrays.asList(name.split("\\.")).subList(1, 3));
            return switch (topic) {
                case Topics.CHANNEL_COMMANDS -> ChannelCommand.class;
                case Topics.CHANNEL_EVENTS -> ChannelEvent.class;
                case Topics.SESSION_EVENTS -> SessionRecord.class;
                case Topics.PRESENCE_USERS -> StoredUser.class;
                case Topics.USER_EVENTS -> UserEvent.class;
                default -> throw new IllegalStateException(name + ": no record of " + topic + " is known");
            };
        }
    }

    @TestFactory
    Stream<DynamicTest> fixtureKeepsTheSchemaAndComesBackUnchanged() {
        return fixtures().stream()
                .map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> {
                    assertThat(fixture.schema().validate(fixture.json().toString(), InputFormat.JSON))
                            .isEmpty();
                    Object value = Json.read(fixture.json(), fixture.type());
                    assertThat(Json.parse(Json.write(value))).isEqualTo(Json.parse(Json.write(fixture.json())));
                }));
    }

    @TestFactory
    Stream<DynamicTest> clientFrameWithoutARequiredFieldIsRefusedByCodeAndSchemaAlike() {
        return fixtures().stream()
                .filter(fixture -> fixture.name().startsWith("client."))
                .flatMap(fixture -> fieldsOf(fixture)
                        .map(field -> DynamicTest.dynamicTest(fixture.name() + " without " + field, () -> {
                            ObjectNode cut = fixture.json().deepCopy();
                            cut.remove(field);
                            boolean allowed = fixture.schema()
                                    .validate(cut.toString(), InputFormat.JSON)
                                    .isEmpty();
                            assertThat(reads(cut)).isEqualTo(allowed);
                        })));
    }

    @Test
    void everyTypeHasAFixture() {
        Set<String> expected = new TreeSet<>();
        namesOf(ClientFrame.class).forEach(name -> expected.add("client." + name));
        namesOf(ServerFrame.class).forEach(name -> expected.add("server." + name));
        namesOf(ChannelCommand.Operation.class).forEach(name -> expected.add("kafka.channel.commands." + name));
        namesOf(UserEvent.class).forEach(name -> expected.add("kafka.user.events." + name));
        namesOf(UserNotice.class).forEach(name -> expected.add("bus.user." + name));
        assertThat(fixtures().stream().map(Fixture::name)).containsAll(expected);
    }

    @Test
    void protocolPageNamesEveryFrameAndEveryCode() throws IOException {
        String page = Files.readString(DOCS.resolve("protocol.md"));
        Stream.of(ClientFrame.class, ServerFrame.class)
                .flatMap(FixturesTest::namesOf)
                .forEach(name -> assertThat(page).contains("`" + name + "`"));
        Arrays.stream(ErrorCode.values()).forEach(code -> assertThat(page).contains("`" + code.wire() + "`"));
        Arrays.stream(CloseCode.values()).forEach(code -> assertThat(page).contains(Integer.toString(code.code())));
    }

    private static boolean reads(JsonNode node) {
        try {
            Json.read(node, ClientFrame.class);
            return true;
        } catch (InvalidInput e) {
            return false;
        }
    }

    private static Stream<String> fieldsOf(Fixture fixture) {
        List<String> names = new ArrayList<>();
        fixture.json().fieldNames().forEachRemaining(names::add);
        return names.stream();
    }

    private static Stream<String> namesOf(Class<?> family) {
        return Arrays.stream(family.getAnnotation(JsonSubTypes.class).value()).map(JsonSubTypes.Type::name);
    }

    private static List<Fixture> fixtures() {
        try (Stream<Path> files = Files.walk(FIXTURES)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(FixturesTest::load)
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Fixture load(Path file) {
        try {
            String name = FIXTURES.relativize(file).toString().replace('/', '.');
            return new Fixture(
                    name.substring(0, name.length() - ".json".length()), Json.parse(Files.readAllBytes(file)));
        } catch (IOException | InvalidInput e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    private static String schemaText() {
        try {
            return Files.readString(DOCS.resolve("protocol/schema.json"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
