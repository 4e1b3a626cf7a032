package dev.dunlin.checker.run;

import dev.dunlin.checker.nemesis.Fault;
import dev.dunlin.checker.verdict.Verdict;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a check came to.
 *
 * @param struck how often each fault was scheduled
 * @param evidence where the history and the suite's logs are
 */
public record Result(CheckOptions options, Map<Fault, Long> struck, Verdict verdict, Path evidence) {}
