package dev.dunlin.localstack.cli;

import dev.dunlin.localstack.cli.TestReports.Report;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Which tests failed in several runs of the whole build. For one thread. */
final class FailedTests {
    private final TreeMap<String, List<Integer>> runsByTest = new TreeMap<>();
    private int runs;

    /** Deletes the reports of the last run, so that {@link #add} finds those of the next one. */
    static void forget(Path root) throws IOException {
        for (Report report : TestReports.in(root)) {
            Files.delete(report.file());
        }
    }

    /** Adds the failures of a run, from its reports. */
    void add(Path root) throws IOException {
        runs++;
        Set<String> failed = new TreeSet<>();
        for (Report report : TestReports.in(root)) {
            failed.addAll(failedIn(report.file()));
        }
        failed.forEach(test ->
                runsByTest.computeIfAbsent(test, name -> new ArrayList<>()).add(runs));
    }

    boolean isEmpty() {
        return runsByTest.isEmpty();
    }

    /** One line for each test that failed, with the runs in which it did. */
    List<String> lines() {
        if (isEmpty()) {
            return List.of("Runs: " + runs + ". No test failed.");
        }
        List<String> lines = new ArrayList<>();
        runsByTest.forEach((test, failedIn) ->
                lines.add("%s failed in %d of %d runs: %s".formatted(test, failedIn.size(), runs, failedIn)));
        return lines;
    }

    private static List<String> failedIn(Path report) throws IOException {
        List<String> failed = new ArrayList<>();
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (InputStream in = Files.newInputStream(report)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            String test = "";
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "testcase" ->
                            test = xml.getAttributeValue(null, "classname") + "." + xml.getAttributeValue(null, "name");
                        case "failure", "error" -> failed.add(test);
                        default -> {}
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException(report + " is no test report", e);
        }
        return failed;
    }
}
