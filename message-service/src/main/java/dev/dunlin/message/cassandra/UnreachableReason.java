package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import java.util.Collection;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Explains in one line why no node could be reached, so that a wrong certificate or password does
 * not look like an outage.
 */
final class UnreachableReason {
    private static final int DEEPEST = 16;

    private UnreachableReason() {}

    static String of(RuntimeException failure) {
        return failures(failure)
                .flatMap(one -> Stream.iterate(one, UnreachableReason::has, Throwable::getCause)
                        .limit(DEEPEST))
                .filter(cause -> cause instanceof SSLException || cause instanceof AuthenticationException)
                .findFirst()
                .map(cause -> cause instanceof SSLException
                        ? "TLS with a node failed: " + deepest(cause)
                        : "the user was refused: " + cause.getMessage())
                .orElseGet(() -> String.valueOf(failure.getMessage()));
    }

    private static Stream<Throwable> failures(RuntimeException failure) {
        return failure instanceof AllNodesFailedException all
                ? all.getAllErrors().values().stream().flatMap(Collection::stream)
                : Stream.of(failure);
    }

    private static boolean has(@Nullable Throwable cause) {
        return cause != null;
    }

    /** The JDK says what is wrong with a certificate in the innermost of its exceptions. */
    private static String deepest(Throwable failure) {
        Throwable last = failure;
        for (int depth = 0; depth < DEEPEST && last.getCause() != null; depth++) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage());
    }
}
