//! A tree that only counts: what an HTML parser would build of a page, stopped when it grows wild.
//!
//! Which tags nest is known to the parsing algorithm alone: end tags may be missing, a comment or
//! a script holds what looks like tags, a table throws its content out. So html5ever's own tree
//! builder runs over the page, in pieces, into a sink that keeps nothing but who is whose parent.
//! The parsers that are guarded build the very same tree.

use std::borrow::Cow;
use std::cell::Cell;
use std::cell::RefCell;
use std::rc::Rc;

use html5ever::Attribute;
use html5ever::QualName;
use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::local_name;
use html5ever::ns;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::Tag;
use html5ever::tokenizer::Token;
use html5ever::tokenizer::TokenSink;
use html5ever::tokenizer::TokenSinkResult;
use html5ever::tokenizer::Tokenizer;
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::ElementFlags;
use html5ever::tree_builder::NodeOrText;
use html5ever::tree_builder::QuirksMode;
use html5ever::tree_builder::TreeBuilder;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::tree_builder::TreeSink;

use super::MAX_ATTRIBUTES;
use super::MAX_ELEMENTS;
use super::MAX_NESTING;
use super::Refusal;

/// Bytes that the tokenizer gets before it is looked at again.
const PIECE: usize = 4 * 1024;

/// What separates attributes, in pieces of the page out of which no token comes: after so many it
/// is found out whether they are a tag's attributes, or a comment or a long value.
///
/// The tokenizer compares each attribute with all before it, so that this many cost a few
/// hundredths of a second.
const MAX_SEPARATORS: usize = 8 * 1024;

/// Times that this is found out, of which each reads the page from its start. Three megabytes of
/// picture in one value need six.
const MAX_PROBES: usize = 8;

/// How large the tree is that a parser builds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Elements, also those that no tag stands for.
    pub elements: usize,
    /// Elements inside one another.
    pub nesting: usize,
}

/// Measures a page's tree without building it, and without going on past a limit.
///
/// As a parser without scripting reads it: what `noscript` holds is elements.
pub(super) fn measure(html: &str) -> Result<Size, Refusal> {
    let tokenizer = tokenizer();
    let mut silence = Silence::default();
    let mut at = 0;
    while let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
        let (piece, _) = rest.split_at(rest.floor_char_boundary(PIECE.min(rest.len())));
        at += piece.len();
        tokenizer.sink.silent.set(true);
        feed(&tokenizer, piece);
        if tokenizer.sink.silent.get() {
            silence.goes_on(piece, html.get(..at).unwrap_or_default())?;
        } else {
            silence.ends();
        }
        tokenizer.sink.problem().map_or(Ok(()), Err)?;
    }
    tokenizer.end();
    tokenizer.sink.problem().map_or(Ok(()), Err)?;
    tokenizer.sink.builder.sink.size()
}

fn tokenizer() -> Tokenizer<Watch> {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let watch = Watch {
        builder: TreeBuilder::new(Counter::default(), options),
        silent: Cell::new(true),
        attributes: Cell::new(None),
        refusal: Cell::new(None),
    };
    Tokenizer::new(watch, TokenizerOpts::default())
}

fn feed(tokenizer: &Tokenizer<Watch>, piece: &str) {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(piece));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
}

/// Pieces out of which no token comes: all of them belong to one tag, comment or value.
#[derive(Default)]
struct Silence {
    separators: usize,
    comment: bool,
    probes: usize,
}

impl Silence {
    /// `read` is the page up to the end of `piece`.
    fn goes_on(&mut self, piece: &str, read: &str) -> Result<(), Refusal> {
        self.separators += separating(piece);
        if self.comment || self.separators <= MAX_SEPARATORS {
            return Ok(());
        }
        (self.separators, self.probes) = (0, self.probes + 1);
        match attributes_at_end(read) {
            Some(attributes) if attributes > MAX_ATTRIBUTES => Err(Refusal::Attributes),
            _ if self.probes > MAX_PROBES => Err(Refusal::Attributes),
            found => {
                self.comment = found.is_none();
                Ok(())
            }
        }
    }

    fn ends(&mut self) {
        (self.separators, self.comment) = (0, false);
    }
}

/// How many attributes the tag has that `html` ends inside of; `None` if it ends in a comment.
fn attributes_at_end(html: &str) -> Option<usize> {
    let tokenizer = tokenizer();
    feed(&tokenizer, html);
    tokenizer.sink.attributes.set(None);
    // What ends a tag, a value in either quotes and the tag behind it; nothing of it ends a comment
    // and begins a tag.
    [">", "\">", "'>"].iter().find_map(|end| {
        feed(&tokenizer, end);
        tokenizer.sink.attributes.get()
    })
}

fn separating(piece: &str) -> usize {
    piece.bytes().filter(|byte| byte.is_ascii_whitespace() || b"/\"'".contains(byte)).count()
}

/// Looks at the tokens on their way to the tree builder.
struct Watch {
    builder: TreeBuilder<Node, Counter>,
    /// No token came since the flag was set.
    silent: Cell<bool>,
    /// Of the last tag.
    attributes: Cell<Option<usize>>,
    refusal: Cell<Option<Wild>>,
}

/// What grew over its limit.
#[derive(Clone, Copy)]
enum Wild {
    Attributes,
    Elements,
    Nesting,
}

impl Watch {
    fn problem(&self) -> Option<Refusal> {
        let wild = self.refusal.get().or(self.builder.sink.wild.get())?;
        Some(match wild {
            Wild::Attributes => Refusal::Attributes,
            Wild::Elements => Refusal::Elements,
            Wild::Nesting => Refusal::Nesting,
        })
    }
}

impl TokenSink for Watch {
    type Handle = Node;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Node> {
        // The tokenizer reports its errors from inside a tag.
        if !matches!(token, Token::ParseError(_)) {
            self.silent.set(false);
        }
        if let Token::TagToken(Tag { attrs, .. }) = &token {
            self.attributes.set(Some(attrs.len()));
            if attrs.len() > MAX_ATTRIBUTES {
                self.refusal.set(Some(Wild::Attributes));
            }
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// An element, or what stands for the document, a comment, a template's content.
type Node = Rc<Place>;

struct Place {
    /// Index into [`Counter::parents`].
    id: usize,
    name: QualName,
    integration_point: bool,
}

/// The parent of what has none.
const NOWHERE: usize = usize::MAX;

struct Counter {
    document: Node,
    /// Comments and processing instructions; where they stand says nothing.
    aside: Node,
    parents: RefCell<Vec<usize>>,
    wild: Cell<Option<Wild>>,
}

impl Default for Counter {
    fn default() -> Counter {
        let name = || QualName::new(None, ns!(), local_name!(""));
        let node = |id| Rc::new(Place { id, name: name(), integration_point: false });
        Counter {
            document: node(0),
            aside: node(1),
            parents: RefCell::new(vec![NOWHERE; 2]),
            wild: Cell::new(None),
        }
    }
}

impl Counter {
    fn put(&self, parent: usize, child: &NodeOrText<Node>) {
        let NodeOrText::AppendNode(child) = child else { return };
        if child.id == self.aside.id {
            return;
        }
        if let Some(of_child) = self.parents.borrow_mut().get_mut(child.id) {
            *of_child = parent;
        }
        if self.nesting(child.id) > MAX_NESTING {
            self.wild.set(Some(Wild::Nesting));
        }
    }

    fn parent(&self, id: usize) -> usize {
        self.parents.borrow().get(id).copied().unwrap_or(NOWHERE)
    }

    /// How many elements an element is in, itself counted; no further than the limit.
    fn nesting(&self, id: usize) -> usize {
        let parents = self.parents.borrow();
        let (mut at, mut depth) = (id, 0);
        while at != self.document.id && depth <= MAX_NESTING {
            let Some(above) = parents.get(at) else { break };
            (at, depth) = (*above, depth + 1);
        }
        depth
    }

    /// Of the finished tree: what was moved is deeper now than when it was put there.
    fn size(&self) -> Result<Size, Refusal> {
        let nodes = self.parents.borrow().len();
        let nesting = (2..nodes).map(|id| self.nesting(id)).max().unwrap_or(0);
        if nesting > MAX_NESTING {
            return Err(Refusal::Nesting);
        }
        Ok(Size { elements: nodes - 2, nesting })
    }
}

impl TreeSink for Counter {
    type Handle = Node;
    type Output = ();
    type ElemName<'a> = &'a QualName;

    fn finish(self) {}

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Node {
        Rc::clone(&self.document)
    }

    fn elem_name<'a>(&'a self, target: &'a Node) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, _: Vec<Attribute>, flags: ElementFlags) -> Node {
        let mut parents = self.parents.borrow_mut();
        let id = parents.len();
        parents.push(NOWHERE);
        if id > MAX_ELEMENTS {
            self.wild.set(Some(Wild::Elements));
        }
        let integration_point = flags.mathml_annotation_xml_integration_point;
        Rc::new(Place { id, name, integration_point })
    }

    fn create_comment(&self, _text: StrTendril) -> Node {
        Rc::clone(&self.aside)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Node {
        Rc::clone(&self.aside)
    }

    fn append(&self, parent: &Node, child: NodeOrText<Node>) {
        self.put(parent.id, &child);
    }

    fn append_based_on_parent_node(&self, at: &Node, before: &Node, child: NodeOrText<Node>) {
        match self.parent(at.id) {
            NOWHERE => self.put(before.id, &child),
            parent => self.put(parent, &child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// A template's content counts as standing in it.
    fn get_template_contents(&self, target: &Node) -> Node {
        Rc::clone(target)
    }

    fn same_node(&self, x: &Node, y: &Node) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Node, child: NodeOrText<Node>) {
        self.put(self.parent(sibling.id), &child);
    }

    fn add_attrs_if_missing(&self, _target: &Node, _attrs: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Node) {
        if let Some(parent) = self.parents.borrow_mut().get_mut(target.id) {
            *parent = NOWHERE;
        }
    }

    fn reparent_children(&self, node: &Node, new_parent: &Node) {
        let mut parents = self.parents.borrow_mut();
        parents.iter_mut().filter(|parent| **parent == node.id).for_each(|p| *p = new_parent.id);
    }

    fn is_mathml_annotation_xml_integration_point(&self, node: &Node) -> bool {
        node.integration_point
    }
}
