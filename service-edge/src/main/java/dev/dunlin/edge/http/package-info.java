/**
 * What happens to every request of every service before its route: CORS, security headers, and
 * which port serves what.
 */
@NullMarked
package dev.dunlin.edge.http;

import org.jspecify.annotations.NullMarked;
