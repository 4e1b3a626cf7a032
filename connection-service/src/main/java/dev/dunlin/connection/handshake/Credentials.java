package dev.dunlin.connection.handshake;

/** What a client authenticates with at the handshake. Its text is never logged. */
public sealed interface Credentials {
    record Token(String value) implements Credentials {
        @Override
        public String toString() {
            return "Token[withheld]";
        }
    }

    record Ticket(String value) implements Credentials {
        @Override
        public String toString() {
            return "Ticket[withheld]";
        }
    }

    /** A cookie that a browser sent for a page of another site. */
    record ForeignCookie() implements Credentials {}

    record None() implements Credentials {}
}
