/** What administrators ask for: topics made, widened and deleted; settings described and altered. */
package io.barnabas.requests.admin;
