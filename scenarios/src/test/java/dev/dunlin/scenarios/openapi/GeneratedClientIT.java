package dev.dunlin.scenarios.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.generated.ApiClient;
import dev.dunlin.generated.ApiException;
import dev.dunlin.generated.api.BackEndApi;
import dev.dunlin.generated.api.BlocksApi;
import dev.dunlin.generated.api.ChannelsApi;
import dev.dunlin.generated.api.DevicesApi;
import dev.dunlin.generated.api.MembersApi;
import dev.dunlin.generated.api.MessagesApi;
import dev.dunlin.generated.api.PresenceApi;
import dev.dunlin.generated.api.SignalsApi;
import dev.dunlin.generated.api.StreamsApi;
import dev.dunlin.generated.model.BulkMessages;
import dev.dunlin.generated.model.ChangeDevice;
import dev.dunlin.generated.model.ChannelChange;
import dev.dunlin.generated.model.ChannelPushPreferences;
import dev.dunlin.generated.model.Deleted;
import dev.dunlin.generated.model.Device;
import dev.dunlin.generated.model.Edited;
import dev.dunlin.generated.model.ErrorCode;
import dev.dunlin.generated.model.LogEvent;
import dev.dunlin.generated.model.Member;
import dev.dunlin.generated.model.MemberJoined;
import dev.dunlin.generated.model.Message;
import dev.dunlin.generated.model.Mode;
import dev.dunlin.generated.model.NewChannel;
import dev.dunlin.generated.model.NewData;
import dev.dunlin.generated.model.NewMark;
import dev.dunlin.generated.model.NewMessage;
import dev.dunlin.generated.model.NewRole;
import dev.dunlin.generated.model.NewSignal;
import dev.dunlin.generated.model.Notify;
import dev.dunlin.generated.model.PollAnswer;
import dev.dunlin.generated.model.Prefs;
import dev.dunlin.generated.model.Preview;
import dev.dunlin.generated.model.Problem;
import dev.dunlin.generated.model.PushPreferences;
import dev.dunlin.generated.model.Reacted;
import dev.dunlin.generated.model.RegisterDevice;
import dev.dunlin.generated.model.ReplayPush;
import dev.dunlin.generated.model.Role;
import dev.dunlin.generated.model.ServerFrame;
import dev.dunlin.generated.model.Status;
import dev.dunlin.generated.model.StatusChoice;
import dev.dunlin.generated.model.Subscribed;
import dev.dunlin.generated.model.UserPresence;
import dev.dunlin.generated.model.VisibilityBody;
import dev.dunlin.generated.model.VisibleTo;
import dev.dunlin.generated.model.Welcome;
import dev.dunlin.scenarios.openapi.ApiDocument.Operation;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Replies;
import dev.dunlin.scenarios.suite.Suite;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * A client generated from {@code docs/openapi.yaml}, against the running suite. It knows no field
 * that the document does not have.
 */
@OnSharedSuite
class GeneratedClientIT {
    private final ApiDocument document = ApiDocument.committed();
    private final Set<String> called = ConcurrentHashMap.newKeySet();
    private final ObjectMapper mapper = ApiClient.createDefaultObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE);
    private final Suite suite;
    private final Names names;
    private final String alice;
    private final String bob;
    private final String group;
    private final ApiClient client;
    private final ApiClient backEnd;

    GeneratedClientIT(Suite suite, Names names) {
        this.suite = suite;
        this.names = names;
        this.alice = names.user("alice").value();
        this.bob = names.user("bob").value();
        this.group = names.group("generated").value();
        this.client = client(suite.stack().userToken(alice));
        this.backEnd = client(suite.stack().serverToken("back-end"));
    }

    @Test
    void everyOperationCanBeCalled() throws Exception {
        channels();
        members();
        messages();
        blocks();
        streams();
        presence();
        devices();
        backEnd();
        assertThat(called)
                .as("operations of docs/openapi.yaml that were called here")
                .containsExactlyInAnyOrderElementsOf(
                        document.operations().stream().map(Operation::id).toList());
    }

    @Test
    void refusalsAreProblems() throws Exception {
        ChannelsApi channels = new ChannelsApi(client);
        channels.createChannel(new NewChannel().channel(group));
        assertRefused(401, ErrorCode.UNAUTHENTICATED, () -> new ChannelsApi(client("no token")).getChannel(group));
        assertRefused(400, ErrorCode.BAD_REQUEST, () -> channels.getChannel("no channel"));
        assertRefused(
                403,
                ErrorCode.FORBIDDEN,
                () -> new ChannelsApi(client(suite.stack().userToken(bob))).getChannel(group));
        assertRefused(404, ErrorCode.NOT_FOUND, () -> channels.getChannel("nowhere:" + names.number()));
        assertRefused(409, ErrorCode.CONFLICT, () -> new MembersApi(client).removeMember(group, alice, null));
        assertRefused(
                413,
                ErrorCode.TOO_LARGE,
                () -> new MessagesApi(client)
                        .publishMessage(group, new NewMessage().id("m").data("x".repeat(100_000)), null));
    }

    @Test
    void theGatewayServesTheDocumentToAnybody() throws IOException {
        Replies replies = new Replies(suite.http());
        HttpResponse<String> answer = replies.get(suite.gateway().resolve("/openapi.yaml"));
        assertThat(answer.body()).isEqualTo(Files.readString(ApiDocument.file()));
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/yaml");
        HttpResponse<String> refused = replies.delete(suite.gateway().resolve("/openapi.yaml"), "X-Any", "x");
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
    }

    private void channels() throws ApiException {
        ChannelsApi channels = new ChannelsApi(client);
        NewChannel wanted = new NewChannel().channel(group).title("A title").members(List.of(bob));
        assertThat(channels.createChannelWithHttpInfo(wanted).getStatusCode()).isEqualTo(201);
        assertThat(channels.createChannelWithHttpInfo(wanted).getStatusCode()).isEqualTo(200);
        assertThat(channels.listChannels(null, 10).getChannels())
                .extracting(one -> one.getChannel())
                .containsExactly(group);
        assertThat(channels.getChannel(group).getRole()).isEqualTo(Role.OWNER);
        assertThat(channels.updateChannel(group, new ChannelChange().title("Another"))
                        .getTitle())
                .isEqualTo("Another");
        String other = names.group("archived").value();
        channels.createChannel(new NewChannel().channel(other));
        assertThat(channels.deleteChannelWithHttpInfo(other, null).getStatusCode())
                .isEqualTo(204);
        assertThat(channels.deleteChannelWithHttpInfo(other, true).getStatusCode())
                .isEqualTo(202);
    }

    private void members() throws ApiException {
        MembersApi members = new MembersApi(client);
        String carol = names.user("carol").value();
        assertThat(members.putMember(group, carol, new NewRole().role(Role.MEMBER))
                        .getRole())
                .isEqualTo(Role.MEMBER);
        assertThat(members.listMembers(group, null, null).getMembers())
                .extracting(Member::getUser)
                .contains(alice, bob, carol);
        members.removeMember(group, carol, null);
    }

    private void messages() throws ApiException {
        MessagesApi messages = new MessagesApi(client);
        Map<String, Object> data = Map.of("text", "an albatross");
        NewMessage message = new NewMessage().data(data).mentions(List.of(bob));
        var first = messages.publishMessageWithHttpInfo(group, message, "m1");
        assertThat(first.getStatusCode()).isEqualTo(201);
        assertThat(messages.publishMessageWithHttpInfo(group, message, "m1").getStatusCode())
                .isEqualTo(200);
        long seq = first.getData().getSeq();
        messages.addReaction(group, "👍", seq);
        Message read =
                messages.listMessages(group, null, null, null).getMessages().getLast();
        assertThat(read.getData()).isEqualTo(data);
        assertThat(read.getReactions()).containsEntry("👍", List.of(alice));
        messages.removeReaction(group, "👍", seq);
        messages.editMessage(group, seq, new NewData().data(Map.of("text", "a cormorant")));
        await().atMost(Suite.DEADLINE)
                .until(() -> messages.searchMessages(group, "cormorant", null, null)
                                .getMessages()
                                .size()
                        == 1);
        messages.markRead(group, new NewMark().seq(seq));
        assertThat(messages.listReceipts(group, null, null).getReceipts())
                .anySatisfy(receipt -> assertThat(receipt.getUser()).isEqualTo(alice));
        messages.deleteMessage(group, seq);
        assertThat(messages.listEvents(group, 0L, null).getEvents())
                .extracting(LogEvent::getActualInstance)
                .hasAtLeastOneElementOfType(MemberJoined.class)
                .hasAtLeastOneElementOfType(Message.class)
                .hasAtLeastOneElementOfType(Reacted.class)
                .hasAtLeastOneElementOfType(Edited.class)
                .hasAtLeastOneElementOfType(Deleted.class);
        new SignalsApi(client).sendSignal(group, new NewSignal().data(List.of(1, 2)));
    }

    private void blocks() throws ApiException {
        BlocksApi blocks = new BlocksApi(client);
        blocks.blockUser(bob);
        assertThat(blocks.listBlocks(null, null).getBlocks())
                .extracting(one -> one.getUser())
                .containsExactly(bob);
        blocks.unblockUser(bob);
    }

    /** A stream ends with the sessions of its user. */
    private void streams() throws Exception {
        StreamsApi streams = new StreamsApi(client);
        assertThat(streams.createTicket().getTicket()).isNotEmpty();
        PollAnswer poll = streams.poll(List.of(group), null, null, null, 1);
        assertThat(poll.getFrames())
                .extracting(ServerFrame::getActualInstance)
                .hasAtLeastOneElementOfType(Welcome.class)
                .hasAtLeastOneElementOfType(Subscribed.class);
        String dave = names.user("dave").value();
        StreamsApi daves = new StreamsApi(client(suite.stack().userToken(dave)));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<File> reading = () -> daves.streamEvents(null, null, null, null);
            Future<File> stream = executor.submit(reading);
            await().atMost(Suite.DEADLINE).until(() -> status(dave) == Status.ONLINE);
            new BackEndApi(backEnd).endSessions(dave);
            assertThat(text(stream.get(Suite.DEADLINE.toSeconds(), TimeUnit.SECONDS)))
                    .contains("event: welcome")
                    .contains("\"unauthenticated\"");
        }
    }

    private Status status(String user) throws ApiException {
        return new PresenceApi(backEnd)
                .getPresence(List.of(user))
                .getUsers()
                .getFirst()
                .getStatus();
    }

    private void presence() throws ApiException {
        PresenceApi presence = new PresenceApi(client);
        assertThat(presence.getPresence(List.of(alice, bob)).getUsers())
                .extracting(UserPresence::getUser)
                .containsExactly(alice, bob);
        assertThat(presence.getChannelPresence(group, null, null).getOnline()).isNotNegative();
        assertThat(presence.getChannelOccupancy(group).getUsers()).isNotNegative();
        assertThat(presence.chooseStatus(new StatusChoice().status(Mode.DND).text("In a meeting"))
                        .getDnd())
                .isTrue();
        assertThat(presence.chooseVisibility(new VisibilityBody().visibleTo(VisibleTo.NOBODY))
                        .getVisibleTo())
                .isEqualTo(VisibleTo.NOBODY);
        await().atMost(Suite.DEADLINE)
                .until(() -> presence.getOwnPresence().getVisibleTo() == VisibleTo.NOBODY
                        && "In a meeting".equals(presence.getOwnPresence().getText()));
    }

    private void devices() throws Exception {
        DevicesApi devices = new DevicesApi(client);
        assertThat(devices.getVapidPublicKey().getKey()).isNotEmpty();
        try (PushEndpoint endpoint = PushEndpoint.start()) {
            PushEndpoint.Hook hook = endpoint.hook("a secret of sixteen or more characters");
            RegisterDevice wanted =
                    new RegisterDevice().kind("webhook").url(hook.url()).secret(hook.secret());
            assertThat(devices.registerDeviceWithHttpInfo(wanted).getStatusCode())
                    .isEqualTo(201);
            assertThat(devices.registerDeviceWithHttpInfo(wanted).getStatusCode())
                    .isEqualTo(200);
            Device device = devices.listDevices().getDevices().getFirst();
            Prefs prefs = new Prefs().muted(Map.of(group, true)).badge(true);
            assertThat(devices.changeDevice(device.getId(), new ChangeDevice().prefs(prefs))
                            .getPrefs())
                    .isEqualTo(prefs);
            devices.removeDevice(device.getId());
        }
        PushPreferences wanted = new PushPreferences().push(Notify.MENTIONS).muted(true);
        assertThat(devices.putPushPreferences(wanted)).isEqualTo(wanted);
        ChannelPushPreferences here = new ChannelPushPreferences().preview(Preview.SENDER);
        assertThat(devices.putChannelPushPreferences(group, here).getChannels()).containsEntry(group, here);
        assertThat(devices.getPushPreferences().getChannels()).containsEntry(group, here);
        assertThat(devices.removeChannelPushPreferences(group)).isEqualTo(wanted);
        devices.putPushPreferences(new PushPreferences());
        DevicesApi operator = new DevicesApi(backEnd);
        assertThatThrownBy(() -> operator.explainNotification(group, 1_000_000L, alice))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(404));
        assertThat(operator.replayNotifications(new ReplayPush().since(0L)).getNotifications())
                .isNotNegative();
    }

    private void backEnd() throws Exception {
        BackEndApi calls = new BackEndApi(backEnd);
        assertThat(calls.publishMany(new BulkMessages().channels(List.of(group)).data("text"), "k")
                        .getResults())
                .extracting(one -> one.getId())
                .containsExactly("k.0");
        assertThat(text(calls.exportUserData(alice))).contains("\"type\":\"end\"");
        calls.eraseUserData(alice);
        assertThat(calls.getErasure(alice).getUser()).isEqualTo(alice);
    }

    private ApiClient client(String token) {
        ApiClient made = new ApiClient();
        made.updateBaseUri(suite.gateway().toString());
        made.setObjectMapper(mapper);
        made.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        made.setResponseInterceptor(this::note);
        return made;
    }

    /** Every answer has a status and a media type that its operation has in the document. */
    private void note(HttpResponse<InputStream> response) {
        Operation operation = document.operations().stream()
                .filter(one ->
                        one.matches(response.request().method(), response.uri().getRawPath()))
                .findFirst()
                .orElseThrow();
        var described = operation.description().path("responses").path(String.valueOf(response.statusCode()));
        assertThat(described.isMissingNode())
                .as(operation.id() + " answered " + response.statusCode())
                .isFalse();
        document.resolve(described)
                .path("content")
                .fieldNames()
                .forEachRemaining(type -> assertThat(
                                response.headers().firstValue("Content-Type").orElse(""))
                        .as(operation.id())
                        .startsWith(type));
        called.add(operation.id());
    }

    private void assertRefused(int status, ErrorCode code, ThrowingCallable call) throws JsonProcessingException {
        ApiException refusal = catchThrowableOfType(ApiException.class, call);
        assertThat(refusal).as(code.getValue()).isNotNull();
        assertThat(refusal.getCode()).isEqualTo(status);
        Problem problem = mapper.readValue(refusal.getResponseBody(), Problem.class);
        assertThat(problem.getCode()).isEqualTo(code);
        assertThat(problem.getStatus()).isEqualTo(status);
        assertThat(problem.getDetail()).isNotEmpty();
    }

    private static String text(File file) throws IOException {
        try {
            return Files.readString(file.toPath());
        } finally {
            Files.delete(file.toPath());
        }
    }
}
