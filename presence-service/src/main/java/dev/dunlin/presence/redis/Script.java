package dev.dunlin.presence.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A Lua file of this service. Its header is its signature; the class of the same name is its only
 * caller.
 */
record Script(String source, String sha1) {
    /** Reads {@code lua/NAME.lua}. */
    static Script of(String name) {
        try (InputStream file = Script.class.getResourceAsStream("/lua/" + name + ".lua")) {
            if (file == null) {
                throw new IllegalStateException("lua/" + name + ".lua is not in this build");
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
     * The call of the script by its hash. A connection that {@link PinnedRedis} opened has loaded
     * it.
     */
    Request call(List<String> keys, Object... arguments) {
        Request request = Request.cmd(Command.EVALSHA).arg(sha1).arg(keys.size());
        keys.forEach(request::arg);
        for (Object argument : arguments) {
            request.arg(argument.toString());
        }
        return request;
    }

    /** The command that loads the script. */
    Request load() {
        return Request.cmd(Command.SCRIPT).arg("LOAD").arg(source);
    }
}
