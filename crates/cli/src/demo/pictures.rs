//! Pictures of papers and places for the example's evidence, drawn here, so that no third-party file is needed: a form
//! with a seal, a notice, a house, and a bank's slip as a PDF. Nobody's handwriting, nothing that could be read.

/// What is shown.
#[derive(Clone, Copy, Debug)]
pub enum Picture {
    /// A filled-in form with a red seal.
    Form,
    /// A notice board or a screen with lines of text.
    Notice,
    /// A house with a car before it.
    House,
    /// A bank's slip, as PDF.
    Slip,
}

const WIDTH: usize = 480;
const HEIGHT: usize = 640;

/// The colours, by what they are used for.
#[derive(Clone, Copy)]
enum Ink {
    Paper,
    Shade,
    Grey,
    Text,
    Seal,
    Sky,
    Grass,
    Wall,
    Roof,
    Glass,
}

const COLOURS: [u8; 30] = [
    250, 248, 242, 232, 229, 220, 160, 165, 172, 52, 60, 72, 190, 52, 44, 190, 214, 232, 138, 160, 112, 214, 190, 158,
    142, 84, 66, 92, 120, 148,
];

impl Picture {
    /// The end of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Picture::Slip => "pdf",
            _ => "png",
        }
    }

    /// The file.
    pub fn bytes(self) -> Vec<u8> {
        let mut canvas = Canvas(vec![Ink::Paper as u8; WIDTH * HEIGHT]);
        match self {
            Picture::Form => form(&mut canvas),
            Picture::Notice => notice(&mut canvas),
            Picture::House => house(&mut canvas),
            Picture::Slip => return slip(),
        }
        canvas.png()
    }
}

struct Canvas(Vec<u8>);

impl Canvas {
    fn rect(&mut self, x: usize, y: usize, w: usize, h: usize, ink: Ink) {
        for row in y..(y + h).min(HEIGHT) {
            self.0[row * WIDTH + x.min(WIDTH)..row * WIDTH + (x + w).min(WIDTH)].fill(ink as u8);
        }
    }

    fn frame(&mut self, x: usize, y: usize, w: usize, h: usize, ink: Ink) {
        self.rect(x, y, w, 2, ink);
        self.rect(x, y + h - 2, w, 2, ink);
        self.rect(x, y, 2, h, ink);
        self.rect(x + w - 2, y, 2, h, ink);
    }

    /// A line of writing: short strokes of changing height, like characters seen from afar.
    fn writing(&mut self, x: usize, y: usize, characters: usize, size: usize, ink: Ink) {
        for n in 0..characters {
            let at = x + n * (size + 4);
            let look = (n * 7 + y * 3 + x) % 5;
            self.rect(at, y + 1, size - 2, 2, ink);
            self.rect(at + size / 2 - 1, y, 2, size, ink);
            if look != 1 {
                self.rect(at, y + size / 2, size - 2, 2, ink);
            }
            if look > 2 {
                self.rect(at, y, 2, size, ink);
            }
            self.rect(at, y + size - 2, size - look, 2, ink);
        }
    }

    /// A ring of radius `r` with a star of rays inside, as a seal.
    fn seal(&mut self, cx: i64, cy: i64, r: i64) {
        for y in -r..=r {
            for x in -r..=r {
                let d = x * x + y * y;
                let ring = d <= r * r && d >= (r - 4) * (r - 4);
                let star = d <= (r / 3) * (r / 3) && (x.abs() <= 3 || y.abs() <= 3 || (x.abs() - y.abs()).abs() <= 3);
                if ring || star {
                    self.dot(cx + x, cy + y, Ink::Seal);
                }
            }
        }
    }

    fn dot(&mut self, x: i64, y: i64, ink: Ink) {
        if let (Ok(x @ 0..WIDTH), Ok(y @ 0..HEIGHT)) = (usize::try_from(x), usize::try_from(y)) {
            self.0[y * WIDTH + x] = ink as u8;
        }
    }

    /// Sixteen colours, two pixels a byte. Writing to memory has no way to fail.
    fn png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, WIDTH as u32, HEIGHT as u32);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Four);
        encoder.set_palette(COLOURS.to_vec());
        let packed: Vec<u8> = self.0.chunks(2).map(|two| two[0] << 4 | two[1]).collect();
        if let Ok(mut writer) = encoder.write_header() {
            let _ = writer.write_image_data(&packed);
        }
        bytes
    }
}

fn form(canvas: &mut Canvas) {
    canvas.rect(0, 0, WIDTH, HEIGHT, Ink::Shade);
    canvas.rect(24, 20, 432, 600, Ink::Paper);
    canvas.writing(130, 52, 9, 20, Ink::Text);
    canvas.frame(52, 110, 376, 400, Ink::Text);
    for row in 0..8 {
        let y = 110 + row * 50;
        canvas.rect(52, y, 376, 2, Ink::Text);
        canvas.rect(150, y, 2, 50, Ink::Text);
        canvas.writing(64, y + 18, 4, 14, Ink::Text);
        canvas.writing(166, y + 18, 5 + (row * 5) % 9, 14, Ink::Grey);
    }
    canvas.writing(64, 540, 6, 14, Ink::Text);
    canvas.writing(250, 572, 9, 13, Ink::Text);
    canvas.seal(340, 540, 52);
}

fn notice(canvas: &mut Canvas) {
    canvas.rect(0, 0, WIDTH, HEIGHT, Ink::Wall);
    canvas.rect(30, 40, 420, 560, Ink::Grey);
    canvas.rect(48, 58, 384, 524, Ink::Paper);
    canvas.writing(140, 86, 8, 22, Ink::Seal);
    for row in 0..9 {
        canvas.writing(76, 150 + row * 40, 12 + (row * 3) % 6, 15, Ink::Text);
    }
    canvas.writing(260, 540, 7, 14, Ink::Text);
    for (x, y) in [(60, 68), (412, 68), (60, 562), (412, 562)] {
        canvas.rect(x, y, 9, 9, Ink::Seal);
    }
}

fn house(canvas: &mut Canvas) {
    canvas.rect(0, 0, WIDTH, 330, Ink::Sky);
    canvas.rect(0, 330, WIDTH, 310, Ink::Grass);
    canvas.rect(90, 230, 300, 190, Ink::Wall);
    for row in 0..70 {
        canvas.rect(60 + row / 2, 230 - row, 360 - row, 1, Ink::Roof);
    }
    canvas.rect(210, 310, 62, 110, Ink::Roof);
    for x in [120, 310] {
        canvas.rect(x, 280, 58, 56, Ink::Glass);
        canvas.frame(x, 280, 58, 56, Ink::Paper);
    }
    canvas.rect(0, 470, WIDTH, 60, Ink::Shade);
    canvas.rect(250, 438, 150, 40, Ink::Text);
    canvas.rect(280, 412, 88, 30, Ink::Glass);
    for x in [272, 362] {
        canvas.rect(x, 470, 26, 22, Ink::Text);
    }
    // The day, as a camera prints it: told by strokes alone.
    canvas.writing(300, 604, 8, 12, Ink::Seal);
}

/// A page of lines and figures; figures need no Chinese font.
fn slip() -> Vec<u8> {
    let drawn = "0.2 w 40 60 340 170 re S 40 190 340 0 re S 40 150 340 0 re S 40 110 340 0 re S 160 60 0 170 re S\n\
                 BT /F 13 Tf 52 204 Td (No. 2026 0818 0047) Tj ET\n\
                 BT /F 12 Tf 172 166 Td (6217 **** **** 3306) Tj ET\n\
                 BT /F 12 Tf 172 126 Td (CNY 500.00) Tj ET\n\
                 BT /F 12 Tf 172 82 Td (2026-08-18 10:42:07) Tj ET\n\
                 0.75 0.2 0.17 RG 2 w 300 70 m 350 70 l 350 120 l 300 120 l h S";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 280] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let start = file.len();
    file += &format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in &places {
        file += &format!("{place:010} 00000 n \n");
    }
    file += &format!(
        "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        places.len() + 1
    );
    file.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_a_small_file_of_its_kind() {
        for picture in [Picture::Form, Picture::Notice, Picture::House, Picture::Slip] {
            let bytes = picture.bytes();
            let head: &[u8] = if picture.extension() == "pdf" {
                b"%PDF-"
            } else {
                b"\x89PNG"
            };
            assert!(bytes.starts_with(head), "{picture:?}");
            assert!(
                (400..40_000).contains(&bytes.len()),
                "{picture:?} has {} bytes",
                bytes.len()
            );
        }
    }
}
