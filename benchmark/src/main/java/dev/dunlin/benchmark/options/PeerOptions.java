package dev.dunlin.benchmark.options;

import dev.dunlin.benchmark.server.Peers;
import dev.dunlin.engines.Checkout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which peers stand beside Dunlin. */
public final class PeerOptions {
    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "NAME",
            description = "Which peers: socketio, ejabberd, nchan, as far as the benchmark has them; none for none. "
                    + "By default those that are installed.")
    private @Nullable List<String> peers;

    @Option(
            names = "--install-peers",
            description = "First install the peers: npm packages in benchmark/peers, Debian packages as root.")
    private boolean install;

    /**
     * Those that are wanted, installed if asked for; {@code possible} is what the benchmark has.
     */
    public List<Peers> wanted(Checkout checkout, List<Peers> possible) throws IOException, InterruptedException {
        List<Peers> wanted = new ArrayList<>();
        List<String> names = peers == null ? List.of() : peers;
        for (String name : names) {
            if (!name.equals("none")) {
                Peers peer = possible.stream()
                        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
                        .findFirst()
                        .orElse(null);
                Sitting.refuse(peer == null, "--peers " + name + ": choose of " + names(possible) + ", none");
                if (peer != null) {
                    wanted.add(peer);
                }
            }
        }
        if (peers == null) {
            wanted.addAll(possible);
        }
        if (install) {
            for (Peers peer : wanted) {
                if (peer.missing(checkout).isPresent()) {
                    peer.install(checkout);
                }
            }
        }
        return wanted;
    }

    private static String names(List<Peers> peers) {
        return String.join(
                ", ",
                peers.stream().map(peer -> peer.name().toLowerCase(Locale.ROOT)).toList());
    }
}
