package io.barnabas.config;

import java.util.List;

/**
 * What became of a file.
 *
 * @param config to be used only when there are no problems; a value that is wrong counts as not set
 * @param problems each of them keeps the broker from starting
 * @param warnings sentences for the log; none of them keeps the broker from starting
 */
public record ConfigCheck(BrokerConfig config, List<ConfigProblem> problems, List<String> warnings) {}
