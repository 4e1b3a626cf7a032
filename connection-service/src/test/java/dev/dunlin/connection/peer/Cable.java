package dev.dunlin.connection.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A network namespace with a cable to this machine that can be cut: neither end is told. Needs root
 * on Linux.
 */
public final class Cable implements AutoCloseable {
    private final String name;
    private final String subnet;

    private Cable(int id) {
        this.name = "dunlin" + id;
        this.subnet = "198.18." + id % 250 + "."; // RFC 2544: for tests of networks
    }

    /** Lays one; empty, with a line on standard error, where that is not possible. */
    public static Optional<Cable> lay() {
        Cable cable = new Cable(RandomGenerator.getDefault().nextInt(1_000_000));
        try {
            cable.ip("netns", "add", cable.name);
            cable.ip("link", "add", cable.name, "type", "veth", "peer", "name", "eth0", "netns", cable.name);
            cable.ip("address", "add", cable.subnet + "1/30", "dev", cable.name);
            cable.ip("link", "set", cable.name, "up");
            cable.ip("-n", cable.name, "address", "add", cable.subnet + "2/30", "dev", "eth0");
            cable.ip("-n", cable.name, "link", "set", "eth0", "up");
            return Optional.of(cable);
        } catch (IOException e) {
            System.err.println("SKIPPED, there can be no network namespaces here: " + e.getMessage());
            cable.close();
            return Optional.empty();
        }
    }

    /** Where this machine is, seen from the other end. */
    public String address() {
        return subnet + "1";
    }

    /** The command that starts another one at the far end. */
    public List<String> atTheFarEnd(List<String> command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(command);
        return all;
    }

    /** From now on every packet is lost. */
    public void cut() throws IOException {
        ip("-n", name, "link", "set", "eth0", "down");
    }

    private void ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        try {
            ip("netns", "delete", name);
        } catch (IOException e) {
            // there was none
        }
    }
}
