package dev.dunlin.edge.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A Lua script that Redis need not know: it is called by its hash, and sent once to a Redis that
 * answers that it has no such script. That is a new one, a promoted one, or another node of a
 * cluster. Immutable; any thread.
 */
public final class Script {
    private final String source;
    private final String sha1;

    private Script(String source, String sha1) {
        this.source = source;
        this.sha1 = sha1;
    }

    /**
     * Reads a resource of the class path, such as {@code /lua/end-session.lua}.
     *
     * @param owner finds the resource
     * @throws IllegalStateException if the build does not have it
     */
    public static Script resource(Class<?> owner, String path) {
        try (InputStream file = owner.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException(path + " is not in this build");
            }
            byte[] source = file.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source);
            return new Script(
                    new String(source, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Runs the script and returns its answer. Does not block. Fails as
     * {@link PinnedConnection#send} does; an error of the script does not replace the connection.
     *
     * @param keys of one slot, if Redis may be a cluster; the first chooses the node
     * @param arguments sent as their {@code toString}, a {@code byte[]} as it is
     */
    public CompletableFuture<Response> run(PinnedConnection connection, List<String> keys, Object... arguments) {
        return connection
                .send(request(Command.EVALSHA, sha1, keys, arguments))
                .exceptionallyCompose(failure -> isUnknownScript(failure)
                        ? connection.send(request(Command.EVAL, source, keys, arguments))
                        : CompletableFuture.failedFuture(failure));
    }

    private static boolean isUnknownScript(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ErrorType answer && answer.is("NOSCRIPT");
    }

    private static Request request(Command command, String script, List<String> keys, Object[] arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        for (Object argument : arguments) {
            if (argument instanceof byte[] bytes) {
                request.arg(bytes);
            } else {
                request.arg(argument.toString());
            }
        }
        return request;
    }
}
