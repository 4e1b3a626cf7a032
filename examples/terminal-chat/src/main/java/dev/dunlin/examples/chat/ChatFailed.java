package dev.dunlin.examples.chat;

/** The chat cannot go on; the message is one line for the user. */
final class ChatFailed extends Exception {
    private static final long serialVersionUID = 1L;

    ChatFailed(String message) {
        super(message);
    }
}
