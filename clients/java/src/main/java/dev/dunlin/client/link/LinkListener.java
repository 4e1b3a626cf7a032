package dev.dunlin.client.link;

/** Hears one link. Called by one thread at a time, in order; must not block. */
public interface LinkListener {
    /** One whole text message. */
    void onText(String text);

    /**
     * The same, from a link that reads on only when {@code more} was run: who is behind runs it
     * later.
     */
    default void onText(String text, Runnable more) {
        onText(text);
        more.run();
    }

    /** The other side showed that it is alive, by whatever it sent. */
    default void onAlive() {}

    /** The link ended; called once and last. {@link Link#ABNORMAL} if there was no close frame. */
    void onClosed(int code, String reason);
}
