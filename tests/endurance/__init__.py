"""Hours in seconds: many writers while processes and servers are killed. Run by `./dev endurance`, in small by the tests."""
