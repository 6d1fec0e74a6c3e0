/** Registration, controller, metadata; the only Curator code. */
package io.barnabas.cluster;
