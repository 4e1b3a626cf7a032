package dev.dunlin.scenarios.supply;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dunlin.scenarios.supply.BillOfMaterials.Component;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.InvalidVersionSpecificationException;
import org.apache.maven.artifact.versioning.VersionRange;

/** The list {@code deploy/known-bad-versions.json}. */
record KnownBadVersions(List<String> about, List<Advisory> advisories, List<Accepted> accepted) {
    KnownBadVersions {
        about = List.copyOf(about);
        advisories = List.copyOf(advisories);
        accepted = List.copyOf(accepted);
    }

    /** @param affected version ranges in Maven's notation */
    record Advisory(String id, String group, String artifact, String affected, String fixed, String why) {
        boolean concerns(Component component) {
            return component.group().equals(group)
                    && component.artifact().equals(artifact)
                    && affects(component.version());
        }

        boolean affects(String version) {
            try {
                return VersionRange.createFromVersionSpec(affected)
                        .containsVersion(new DefaultArtifactVersion(version));
            } catch (InvalidVersionSpecificationException e) {
                throw new IllegalArgumentException(id + ": " + e.getMessage(), e);
            }
        }
    }

    /** @param in the module that may contain it */
    record Accepted(String in, String group, String artifact, String version, List<String> advisories, String why) {
        private boolean covers(Finding finding) {
            return finding.in().equals(in)
                    && finding.component().equals(new Component(group, artifact, version))
                    && advisories.contains(finding.advisory().id());
        }
    }

    /** A component whose version an advisory affects. */
    record Finding(String in, Component component, Advisory advisory) {
        @Override
        public String toString() {
            return "%s: %s is in %s of %s, fixed in %s: %s"
                    .formatted(in, component, advisory.affected(), advisory.id(), advisory.fixed(), advisory.why());
        }
    }

    static KnownBadVersions read() {
        try {
            return new ObjectMapper()
                    .readValue(
                            Modules.read(Modules.root().resolve("deploy/known-bad-versions.json")),
                            KnownBadVersions.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The components with a known fault that was not accepted. */
    List<Finding> findings(List<BillOfMaterials> bills) {
        return all(bills).stream()
                .filter(finding -> accepted.stream().noneMatch(one -> one.covers(finding)))
                .toList();
    }

    /** The accepted faults that no bill has any more, as {@code component advisory}. */
    List<String> acceptedForNothing(List<BillOfMaterials> bills) {
        List<Finding> all = all(bills);
        List<String> stale = new ArrayList<>();
        for (Accepted one : accepted) {
            for (String id : one.advisories()) {
                if (all.stream()
                        .noneMatch(finding ->
                                one.covers(finding) && finding.advisory().id().equals(id))) {
                    stale.add(one.artifact() + " " + id);
                }
            }
        }
        return stale;
    }

    private List<Finding> all(List<BillOfMaterials> bills) {
        return bills.stream()
                .flatMap(bill -> bill.components().stream()
                        .flatMap(component -> advisories.stream()
                                .filter(advisory -> advisory.concerns(component))
                                .map(advisory -> new Finding(bill.of(), component, advisory))))
                .toList();
    }
}
