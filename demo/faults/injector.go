package faults

import (
	"net/http"
	"slices"
	"strings"
	"sync"
)

// Injector stands around a service. Its zero value lets everything through.
// It may be used by several goroutines at once.
type Injector struct {
	// Struck is told of each request that a fault strikes, before it does; nil
	// for nobody. Set it before the first request.
	Struck func(f Fault, r *http.Request)

	mu      sync.Mutex
	faults  []Fault
	met     []int          // requests of each fault's place since Set
	arrived map[string]int // requests by place
	done    map[string]int // those that the service was given
}

// Set replaces the faults; their counting begins anew. Requests that are under
// way end as they began.
func (i *Injector) Set(faults ...Fault) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.faults, i.met = slices.Clone(faults), make([]int, len(faults))
}

// Arrived is how many requests of a place came so far, whatever became of
// them. A request that was sent on to another path of the service counts again.
func (i *Injector) Arrived(place string) int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.arrived[place]
}

// CarriedOut is how many requests of a place reached the service.
func (i *Injector) CarriedOut(place string) int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.done[place]
}

// Wrap puts the injector around a service.
func (i *Injector) Wrap(service http.Handler) http.Handler {
	counted := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i.count(&i.done, r)
		service.ServeHTTP(w, r)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		moved := strings.HasPrefix(r.URL.Path, movedPath+"/")
		if moved {
			r = unmoved(r)
		}
		i.count(&i.arrived, r)
		next := http.Handler(counted)
		for _, f := range slices.Backward(i.striking(r)) {
			if !moved || f.Kind != "redirect" {
				next = i.around(f, next)
			}
		}
		next.ServeHTTP(w, r)
	})
}

// around lets one fault strike.
func (i *Injector) around(f Fault, next http.Handler) http.Handler {
	k, _ := kindNamed(f.Kind)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if i.Struck != nil {
			i.Struck(f, r)
		}
		k.strike(f, next, w, r)
	})
}

// striking are the faults that this request meets.
func (i *Injector) striking(r *http.Request) []Fault {
	i.mu.Lock()
	defer i.mu.Unlock()
	var out []Fault
	for n, f := range i.faults {
		if !f.meets(r) {
			continue
		}
		i.met[n]++
		if f.strikes(i.met[n]) {
			out = append(out, f)
		}
	}
	return out
}

func (i *Injector) count(counts *map[string]int, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if *counts == nil {
		*counts = make(map[string]int)
	}
	(*counts)[Anywhere]++
	if place := PlaceOf(r); place != Anywhere {
		(*counts)[place]++
	}
}
