package dev.dunlin.checker.run;

import dev.dunlin.checker.nemesis.Fault;
import dev.dunlin.checker.verdict.Verdict;
import java.nio.file.Path;
import java.util.Map;

/**
 * The result of a check.
 *
 * @param struck how often each fault was scheduled
 * @param evidence the directory of the history and the suite's logs
 */
public record Result(CheckOptions options, Map<Fault, Long> struck, Verdict verdict, Path evidence) {}
