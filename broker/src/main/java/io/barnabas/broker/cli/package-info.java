/**
 * The command line: what the main class's arguments mean, which file that makes, and what is printed at the start. The main
 * class hands its arguments and a {@link io.barnabas.broker.cli.BrokerLauncher} to {@link io.barnabas.broker.cli.BarnabasCommand}.
 */
package io.barnabas.broker.cli;
