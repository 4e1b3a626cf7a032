/**
 * What the HTTP edge of every service does the same: problem documents, JSON, ids in paths, who calls, the token and the trace id of calls to other
 * services.
 */
@NullMarked
package dev.dunlin.edge;

import org.jspecify.annotations.NullMarked;
