package dev.dunlin.client.transport;

import java.util.Optional;

/**
 * Where it is kept which transport worked, over a restart of the process; a file, for example.
 * Called on the client's loop: it should not take long.
 */
public interface TransportMemory {
    /** What was saved last; anything else counts as nothing. */
    Optional<String> load();

    /** Keeps this in place of what was saved before. */
    void save(String value);

    /** Forgets at once. */
    static TransportMemory none() {
        return new TransportMemory() {
            @Override
            public Optional<String> load() {
                return Optional.empty();
            }

            @Override
            public void save(String value) {
                // the client itself remembers as long as it lives
            }
        };
    }
}
