/**
 * What the HTTP edge of every service has in common: problem documents, JSON, ids in paths, the
 * caller, and the token and trace id of calls to other services. Also the backoff of the services.
 */
@NullMarked
package dev.dunlin.edge;

import org.jspecify.annotations.NullMarked;
