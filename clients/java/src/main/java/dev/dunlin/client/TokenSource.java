package dev.dunlin.client;

import java.io.IOException;

/** Where a client gets its JWT from. Called on a virtual thread, so it may block; asked again when a token ran out or was refused. */
@FunctionalInterface
public interface TokenSource {
    /** A fresh token. */
    String fetch() throws IOException, InterruptedException;
}
