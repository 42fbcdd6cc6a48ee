package process

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// dial opens a connection to a program, which may be used for a while.
func dial(t *testing.T, p *process) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(2 * patience)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// TestShutdownLetsRequestsFinish: a program that is told to end says first that
// it is not ready any more. A request under way is then answered in full, while
// new ones are not taken.
func TestShutdownLetsRequestsFinish(t *testing.T) {
	t.Parallel()
	p := launch(t, newFile(t))
	conn := dial(t, p)
	const body = `{"product":"tencent-im","inputs":{"dau":20000}}`
	fmt.Fprintf(conn, "POST /api/v1/estimates HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n"+
		"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body[:10])
	answer := bufio.NewReader(conn)
	// It is told to go on when its handler reads the body.
	if line, err := answer.ReadString('\n'); err != nil || !strings.HasPrefix(line, "HTTP/1.1 100") {
		t.Fatalf("%q, %v", line, err)
	}
	p.terminate()
	ready(t, p.url, http.StatusServiceUnavailable)
	// New visitors are turned away while the old one is still waited for.
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		c, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
		if err != nil {
			break
		}
		c.Close()
		if time.Now().After(deadline) {
			t.Fatal("the program still takes connections")
		}
	}
	select {
	case <-p.ended:
		t.Fatalf("the program ended while a request was under way: %s", &p.errs)
	default:
	}
	if _, err := io.WriteString(conn, body[10:]); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(answer)
	if text := strings.TrimPrefix(string(rest), "\r\n"); err != nil || !strings.HasPrefix(text, "HTTP/1.1 200") || !strings.Contains(text, `"1999.00"`) {
		t.Errorf("the request was answered with %q, %v", rest, err)
	}
	p.endsWell()
}

// TestSaysWhereItIs: the address in the output opens the calculator, and the
// program ends when it is told to.
func TestSaysWhereItIs(t *testing.T) {
	t.Parallel()
	p := launch(t, newFile(t), "-addr", "localhost:0")
	must(t, http.StatusOK)(newVisitor(t, "en").get(p.url))
	p.terminate()
	p.endsWell()
}

// headerTime is how long the program waits for the headers of a request.
const headerTime = 5 * time.Second

// TestSlowVisitorsAreCutOff: a visitor who sends nothing does not hold a
// connection for ever.
func TestSlowVisitorsAreCutOff(t *testing.T) {
	t.Parallel()
	conn := dial(t, launch(t, newFile(t)))
	begin := time.Now()
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n"); err != nil {
		t.Fatal(err)
	}
	var timeout net.Error
	if _, err := io.ReadAll(conn); errors.As(err, &timeout) && timeout.Timeout() {
		t.Error("the connection is still open")
	}
	if took := time.Since(begin); took < headerTime {
		t.Errorf("the connection was closed after %v already", took)
	}
}
