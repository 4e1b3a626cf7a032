package dev.dunlin.message.config;

import dev.dunlin.message.upkeep.Upkeep;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Runs the background work from start to stop, on its own virtual thread. */
@ApplicationScoped
class UpkeepThread {
    private @Nullable Thread thread;

    void start(@Observes StartupEvent event, Upkeep upkeep) {
        thread = Thread.ofVirtual().name("dunlin-upkeep").start(upkeep);
    }

    void stop(@Observes ShutdownEvent event, Upkeep upkeep) throws InterruptedException {
        upkeep.stop();
        if (thread != null) {
            thread.join(Duration.ofSeconds(5));
        }
    }
}
