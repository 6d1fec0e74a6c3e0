/** The APIs about the directories that hold the logs. */
package io.barnabas.requests.logdirs;
