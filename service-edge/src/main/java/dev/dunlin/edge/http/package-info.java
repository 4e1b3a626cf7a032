/**
 * Filters that run before the route of every request: CORS, security headers, and which port serves
 * which path.
 */
@NullMarked
package dev.dunlin.edge.http;

import org.jspecify.annotations.NullMarked;
