/** The network, the wiring and the command line. */
package io.barnabas.broker;
