package dev.dunlin.scenarios.transport;

import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.rest.RestPublishing;
import dev.dunlin.checker.transport.socket.SocketPublishing;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnDoubledSuite;
import dev.dunlin.scenarios.suite.Suite;
import dev.dunlin.scenarios.suite.Ways;
import dev.dunlin.scenarios.suite.Ways.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Every process is replaced in order (SIGTERM) while everybody talks: an update of the suite. */
@OnDoubledSuite
class RollingRestartIT {
    private static final int SOME = 40;

    private final Suite suite;
    private final Names names;

    RollingRestartIT(Suite suite, Names names) {
        this.suite = suite;
        this.names = names;
    }

    @Test
    void clientsDoNotNoticeAnUpdateOfAllNodesAndMessageServices() throws Exception {
        try (Ways ways = new Ways(suite);
                Conversation talk = new Conversation(names, "update", ways.access(Way.GATEWAY))) {
            List<Conversation.Speaker> speakers = new ArrayList<>();
            for (Way way : ways.all()) {
                String where = "-" + way.name().toLowerCase(Locale.ROOT);
                TransportsIT.listening()
                        .forEach(medium ->
                                talk.listen(medium.name().toLowerCase(Locale.ROOT) + where, medium, ways.access(way)));
                Access access = ways.access(way);
                speakers.add(talk.speaker("ws" + where, new SocketPublishing(access, talk.who("ws" + where))));
                speakers.add(talk.speaker("rest" + where, new RestPublishing(access.rest(talk.who("rest" + where)))));
            }
            talk.awaitListening();
            replaceBoth("connection-1", "message-service");
            talk.awaitAcked(SOME);
            replaceBoth("connection-2", "message-service-2");
            talk.awaitAcked(SOME);
            for (Conversation.Speaker speaker : speakers) {
                speaker.finish();
            }
            talk.assertWhole();
        } finally {
            suite.awaitHealthy();
        }
    }

    private void replaceBoth(String node, String messageService) throws Exception {
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> one = together.submit(() -> restart(node));
            Future<?> other = together.submit(() -> restart(messageService));
            one.get();
            other.get();
        }
    }

    private void restart(String process) {
        try {
            suite.stack().restart(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
