/** What all integration tests of the API stand on. */
package dev.valet.api.testkit;
