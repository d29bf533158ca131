//! Decision diagrams: how the outcome is computed exactly, not merely by Kleene's tables.
//!
//! A [`Builder`] makes reduced ordered decision diagrams with several leaves (one per outcome, and [`VOID`] for answers
//! that `implies` rules out). Once built, a function is copied into a [`Diagram`] or a [`Forcing`], whose nodes stand
//! children first, so that every question about "all completions of the open answers" is one pass over an array.
//! Nothing here knows clauses, outcomes or packs: variables are numbers below 128, leaves numbers below [`LEAVES`].

// long because: builder and finished diagrams share the shape of a node, which nobody else shall see.

use base::law::Truth;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A node of a builder or of a finished diagram; ids below [`LEAVES`] are leaves.
pub(crate) type Id = u32;

/// Leaves have the ids below this.
pub(crate) const LEAVES: u32 = 16;

/// The leaf of completions that cannot be.
pub(crate) const VOID: Id = LEAVES - 1;

/// The leaf "false" of a yes-or-no function.
pub(crate) const FALSE: Id = 0;

/// The leaf "true" of a yes-or-no function.
pub(crate) const TRUE: Id = 1;

/// More nodes than any readable pack needs: where a builder gives up.
const LIMIT: usize = 1 << 20;

/// A set of variables.
pub(crate) type Set = u128;

/// What is answered; the two sets are disjoint.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    /// Answered yes.
    pub yes: Set,
    /// Answered no.
    pub no: Set,
}

impl Known {
    /// How many answers.
    pub fn len(&self) -> u32 {
        (self.yes | self.no).count_ones()
    }
}

/// [`Known`] spread out for the passes: per variable whether it is open, answered no or answered yes.
pub(crate) struct State([u8; 128]);

const OPEN: u8 = 0;
const NO: u8 = 1;

impl State {
    /// What is known.
    pub fn of(known: &Known) -> State {
        let mut state = [OPEN; 128];
        for (set, answer) in [(known.no, NO), (known.yes, NO + 1)] {
            let mut left = set;
            while left != 0 {
                state[(left.trailing_zeros() & 127) as usize] = answer;
                left &= left - 1;
            }
        }
        State(state)
    }

    /// The variable's answer.
    pub fn value(&self, var: u8) -> Truth {
        match self.0[usize::from(var & 127)] {
            OPEN => Truth::Unknown,
            NO => Truth::No,
            _ => Truth::Yes,
        }
    }

    fn next(&self, node: &Node) -> Option<Id> {
        match self.0[usize::from(node.var & 127)] {
            OPEN => None,
            NO => Some(node.lo),
            _ => Some(node.hi),
        }
    }
}

/// "If `var` then `hi` else `lo`."
#[derive(Clone, Copy, Debug)]
struct Node {
    var: u8,
    lo: Id,
    hi: Id,
}

/// The pack asks for more nodes than the builder makes.
#[derive(Debug)]
pub(crate) struct TooLarge;

/// Makes diagrams. A variable with a smaller number is tested before one with a larger number.
#[derive(Default)]
pub(crate) struct Builder {
    nodes: Vec<Node>,
    unique: HashMap<(u8, Id, Id), Id>,
    ites: HashMap<(Id, Id, Id), Id>,
}

/// The two halves of a function at `var`.
fn halves(node: Option<Node>, id: Id, var: u8) -> (Id, Id) {
    match node {
        Some(node) if node.var == var => (node.lo, node.hi),
        _ => (id, id),
    }
}

impl Builder {
    fn node(&self, id: Id) -> Option<Node> {
        self.nodes.get(id.checked_sub(LEAVES)? as usize).copied()
    }

    /// The variable tested first by any of these.
    fn top(&self, ids: &[Id]) -> Option<u8> {
        ids.iter().filter_map(|id| self.node(*id)).map(|node| node.var).min()
    }

    fn make(&mut self, var: u8, lo: Id, hi: Id) -> Result<Id, TooLarge> {
        if lo == hi {
            return Ok(lo);
        }
        if let Some(id) = self.unique.get(&(var, lo, hi)) {
            return Ok(*id);
        }
        if self.nodes.len() >= LIMIT {
            return Err(TooLarge);
        }
        let id = LEAVES + self.nodes.len() as Id;
        self.nodes.push(Node { var, lo, hi });
        self.unique.insert((var, lo, hi), id);
        Ok(id)
    }

    /// The function that is true where `var` is yes.
    pub fn var(&mut self, var: u8) -> Result<Id, TooLarge> {
        self.make(var, FALSE, TRUE)
    }

    /// `then` where `test` is true, `other` where it is false.
    pub fn ite(&mut self, test: Id, then: Id, other: Id) -> Result<Id, TooLarge> {
        match test {
            TRUE => return Ok(then),
            FALSE => return Ok(other),
            _ if then == other => return Ok(then),
            _ => {}
        }
        if let Some(id) = self.ites.get(&(test, then, other)) {
            return Ok(*id);
        }
        let Some(var) = self.top(&[test, then, other]) else {
            return Ok(other);
        };
        let (t0, t1) = halves(self.node(test), test, var);
        let (a0, a1) = halves(self.node(then), then, var);
        let (b0, b1) = halves(self.node(other), other, var);
        let lo = self.ite(t0, a0, b0)?;
        let hi = self.ite(t1, a1, b1)?;
        let id = self.make(var, lo, hi)?;
        self.ites.insert((test, then, other), id);
        Ok(id)
    }

    /// Both.
    pub fn and(&mut self, a: Id, b: Id) -> Result<Id, TooLarge> {
        self.ite(a, b, FALSE)
    }

    /// Either.
    pub fn or(&mut self, a: Id, b: Id) -> Result<Id, TooLarge> {
        self.ite(a, TRUE, b)
    }

    /// Not.
    pub fn not(&mut self, a: Id) -> Result<Id, TooLarge> {
        self.ite(a, FALSE, TRUE)
    }

    /// True where `of` has a leaf of the set `leaves` (one bit per leaf).
    pub fn is(&mut self, of: Id, leaves: u32) -> Result<Id, TooLarge> {
        let mut done = HashMap::new();
        self.is_in(of, leaves, &mut done)
    }

    fn is_in(&mut self, of: Id, leaves: u32, done: &mut HashMap<Id, Id>) -> Result<Id, TooLarge> {
        let Some(node) = self.node(of) else {
            return Ok(u32::from(leaves >> of & 1 == 1));
        };
        if let Some(id) = done.get(&of) {
            return Ok(*id);
        }
        let lo = self.is_in(node.lo, leaves, done)?;
        let hi = self.is_in(node.hi, leaves, done)?;
        let id = self.make(node.var, lo, hi)?;
        done.insert(of, id);
        Ok(id)
    }

    /// True where `a` and `b` have different leaves and neither is [`VOID`].
    pub fn differ(&mut self, a: Id, b: Id) -> Result<Id, TooLarge> {
        let mut done = HashMap::new();
        self.differ_in(a, b, &mut done)
    }

    fn differ_in(&mut self, a: Id, b: Id, done: &mut HashMap<(Id, Id), Id>) -> Result<Id, TooLarge> {
        if a == b || a == VOID || b == VOID {
            return Ok(FALSE);
        }
        let Some(var) = self.top(&[a, b]) else { return Ok(TRUE) };
        if let Some(id) = done.get(&(a, b)) {
            return Ok(*id);
        }
        let (a0, a1) = halves(self.node(a), a, var);
        let (b0, b1) = halves(self.node(b), b, var);
        let lo = self.differ_in(a0, b0, done)?;
        let hi = self.differ_in(a1, b1, done)?;
        let id = self.make(var, lo, hi)?;
        done.insert((a, b), id);
        Ok(id)
    }

    /// Answers under which the yes-or-no function `of` is true, few of them yes; `None` if there are none.
    pub fn witness(&self, of: Id) -> Option<Known> {
        let (mut at, mut known) = (of, Known::default());
        while let Some(node) = self.node(at) {
            // A reduced function that is not the leaf "false" is true somewhere.
            let bit = 1 << node.var;
            if node.lo == FALSE {
                known.yes |= bit;
                at = node.hi;
            } else {
                known.no |= bit;
                at = node.lo;
            }
        }
        (at == TRUE).then_some(known)
    }

    /// Copies the function `root` out, children first.
    pub fn diagram(&self, root: Id) -> Diagram {
        let mut nodes = Vec::new();
        let mut places = HashMap::new();
        let root = self.copy(root, &mut nodes, &mut places);
        Diagram { nodes, root }
    }

    fn copy(&self, id: Id, nodes: &mut Vec<Node>, places: &mut HashMap<Id, Id>) -> Id {
        let Some(node) = self.node(id) else { return id };
        if let Some(place) = places.get(&id) {
            return *place;
        }
        let lo = self.copy(node.lo, nodes, places);
        let hi = self.copy(node.hi, nodes, places);
        let place = LEAVES + nodes.len() as Id;
        nodes.push(Node { var: node.var, lo, hi });
        places.insert(id, place);
        place
    }

    /// Copies the yes-or-no function `root` out as a [`Forcing`].
    pub fn forcing(&mut self, root: Id) -> Result<Forcing, TooLarge> {
        let mut nodes = Vec::new();
        let mut places = HashMap::new();
        let root = self.force(root, &mut nodes, &mut places)?;
        Ok(Forcing { nodes, root })
    }

    fn force(&mut self, id: Id, nodes: &mut Vec<(Node, Id)>, places: &mut HashMap<Id, Id>) -> Result<Id, TooLarge> {
        let Some(node) = self.node(id) else { return Ok(id) };
        if let Some(place) = places.get(&id) {
            return Ok(*place);
        }
        let both = self.and(node.lo, node.hi)?;
        let lo = self.force(node.lo, nodes, places)?;
        let hi = self.force(node.hi, nodes, places)?;
        let both = self.force(both, nodes, places)?;
        let place = LEAVES + nodes.len() as Id;
        nodes.push((Node { var: node.var, lo, hi }, both));
        places.insert(id, place);
        Ok(place)
    }
}

/// A finished function, children first.
#[derive(Debug)]
pub(crate) struct Diagram {
    nodes: Vec<Node>,
    root: Id,
}

/// Room for the passes over diagrams, taken once per evaluation.
#[derive(Default)]
pub(crate) struct Room {
    masks: Vec<u32>,
    same: Vec<Id>,
    reached: Vec<bool>,
    costs: Vec<u16>,
}

impl Diagram {
    /// The leaves that some completion of what is known reaches, one bit each; [`VOID`] is left out.
    pub fn reach(&self, known: &State, room: &mut Room) -> u32 {
        // Answered nodes at the top are walked through: when all is answered nothing else is visited.
        let mut root = self.root;
        while let Some(node) = self.node(root) {
            match known.next(node) {
                Some(next) => root = next,
                None => break,
            }
        }
        if root < LEAVES {
            return 1 << root & !(1 << VOID);
        }
        let masks = &mut room.masks;
        masks.clear();
        masks.extend((0..LEAVES).map(|leaf| 1u32 << leaf));
        for node in &self.nodes[..=(root - LEAVES) as usize] {
            let mask = match known.next(node) {
                Some(next) => masks[next as usize],
                None => masks[node.lo as usize] | masks[node.hi as usize],
            };
            masks.push(mask);
        }
        masks[root as usize] & !(1 << VOID)
    }

    /// The variables whose answer changes the leaf under some completion of the others.
    pub fn relevant(&self, known: &State, room: &mut Room) -> Set {
        // `same` sends each node to the node that stands for it once the answered variables are gone.
        let Room {
            masks, same, reached, ..
        } = room;
        masks.clear();
        masks.extend((0..LEAVES).map(|leaf| 1u32 << leaf));
        same.clear();
        same.extend(0..LEAVES);
        for (place, node) in self.nodes.iter().enumerate() {
            let (lo, hi) = (same[node.lo as usize], same[node.hi as usize]);
            match known.next(node) {
                Some(next) => same.push(same[next as usize]),
                None if lo == hi => same.push(lo),
                None => same.push(LEAVES + place as Id),
            }
            let stands = same[LEAVES as usize + place];
            masks.push(if stands == LEAVES + place as Id {
                masks[lo as usize] | masks[hi as usize]
            } else {
                masks[stands as usize]
            });
        }
        let root = same[self.root as usize];
        reached.clear();
        reached.resize(masks.len(), false);
        reached[root as usize] = true;
        let mut found = 0;
        let mut pairs = Pairs {
            diagram: self,
            masks,
            same,
            alike: HashSet::default(),
        };
        for place in (LEAVES as usize..=root.max(LEAVES) as usize).rev() {
            let Some(node) = self.nodes.get(place - LEAVES as usize).filter(|_| reached[place]) else {
                continue;
            };
            let (lo, hi) = (same[node.lo as usize], same[node.hi as usize]);
            reached[lo as usize] = true;
            reached[hi as usize] = true;
            if found >> node.var & 1 == 0 && pairs.differ(lo, hi) {
                found |= 1 << node.var;
            }
        }
        found
    }

    fn node(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id.checked_sub(LEAVES)? as usize)
    }
}

/// A quick hash of two node ids. Ids come from the pack, which its author cannot tune against anybody but himself.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32(u32::from(*byte)));
    }

    fn write_u32(&mut self, id: u32) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(id)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// Whether two functions left over after the known answers differ on a completion that can be.
struct Pairs<'a> {
    diagram: &'a Diagram,
    masks: &'a [u32],
    same: &'a [Id],
    alike: HashSet<(Id, Id), BuildHasherDefault<Mixed>>,
}

impl Pairs<'_> {
    fn differ(&mut self, a: Id, b: Id) -> bool {
        const CAN_BE: u32 = !(1 << VOID);
        let (in_a, in_b) = (self.masks[a as usize], self.masks[b as usize]);
        if a == b || in_a & CAN_BE == 0 || in_b & CAN_BE == 0 || ((in_a | in_b) & CAN_BE).count_ones() < 2 {
            return false;
        }
        // An outcome of one side that the other, which always has one, never reaches.
        let beyond = |of: u32, sure: u32| sure >> VOID & 1 == 0 && of & CAN_BE & !sure != 0;
        if beyond(in_a, in_b) || beyond(in_b, in_a) {
            return true;
        }
        if self.alike.contains(&(a, b)) {
            return false;
        }
        let (node_a, node_b) = (self.diagram.node(a).copied(), self.diagram.node(b).copied());
        let Some(var) = node_a.iter().chain(&node_b).map(|node| node.var).min() else {
            return true;
        };
        let same = |(lo, hi): (Id, Id)| (self.same[lo as usize], self.same[hi as usize]);
        let (a0, a1) = same(halves(node_a, a, var));
        let (b0, b1) = same(halves(node_b, b, var));
        if self.differ(a0, b0) || self.differ(a1, b1) {
            return true;
        }
        self.alike.insert((a, b));
        false
    }
}

/// A finished yes-or-no function whose every node also leads to what both of its branches have in common, so that the
/// least number of answers that force it to be true is one pass: at a node, the answer yes, the answer no, or no answer
/// and both branches forced.
#[derive(Debug)]
pub(crate) struct Forcing {
    nodes: Vec<(Node, Id)>,
    root: Id,
}

/// No answers force it.
const NEVER: u16 = u16::MAX;

impl Forcing {
    /// The fewest answers, beside what is known, that force the function to be true: first those of small variables.
    /// Only variables of `yes` may be answered yes, only those of `no` may be answered no. `None` where nothing does.
    pub fn fewest(&self, known: &State, yes: Set, no: Set, room: &mut Room) -> Option<Known> {
        let costs = &mut room.costs;
        costs.clear();
        costs.resize(LEAVES as usize, NEVER);
        costs[TRUE as usize] = 0;
        for (node, both) in &self.nodes {
            let cost = match known.next(node) {
                Some(next) => costs[next as usize],
                None => {
                    let (by_yes, by_no) = answered(node, costs, yes, no);
                    costs[*both as usize].min(by_yes).min(by_no)
                }
            };
            costs.push(cost);
        }
        let mut at = self.root;
        if costs[at as usize] == NEVER {
            return None;
        }
        let mut chosen = Known::default();
        while let Some((node, both)) = at.checked_sub(LEAVES).map(|place| &self.nodes[place as usize]) {
            let (by_yes, by_no) = answered(node, costs, yes, no);
            at = match known.next(node) {
                Some(next) => next,
                None if by_yes == costs[at as usize] => {
                    chosen.yes |= 1 << node.var;
                    node.hi
                }
                None if by_no == costs[at as usize] => {
                    chosen.no |= 1 << node.var;
                    node.lo
                }
                None => *both,
            };
        }
        Some(chosen)
    }
}

/// What forcing costs with the node's variable answered yes, and answered no.
fn answered(node: &Node, costs: &[u16], yes: Set, no: Set) -> (u16, u16) {
    let cost = |allowed: Set, next: Id| match allowed >> node.var & 1 {
        1 => costs[next as usize].saturating_add(1),
        _ => NEVER,
    };
    (cost(yes, node.hi), cost(no, node.lo))
}
