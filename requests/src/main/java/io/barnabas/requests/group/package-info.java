/** The APIs about groups and their offsets. */
package io.barnabas.requests.group;
