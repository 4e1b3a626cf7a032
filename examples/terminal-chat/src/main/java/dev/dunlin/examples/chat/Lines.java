package dev.dunlin.examples.chat;

import java.io.IOException;
import java.util.Optional;

/** What the user says, line by line. */
interface Lines extends AutoCloseable {
    /** The next line; empty at the end. Blocks. */
    Optional<String> next() throws IOException;

    @Override
    default void close() throws IOException {}
}
