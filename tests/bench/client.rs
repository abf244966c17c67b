//! One keep-alive connection that costs next to nothing: load generator and server share the machine.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub struct Client {
    stream: TcpStream,
    host: String,
    buffer: Vec<u8>,
}

impl Client {
    pub async fn connect(host: &str) -> Result<Self, String> {
        let stream = TcpStream::connect(host).await.map_err(|fault| fault.to_string())?;
        stream.set_nodelay(true).map_err(|fault| fault.to_string())?;
        Ok(Self { stream, host: host.to_owned(), buffer: Vec::with_capacity(16 * 1024) })
    }

    /// One POST; the body of the answer as text.
    pub async fn post(&mut self, path: &str, token: Option<&str>, kind: &str, body: &[u8]) -> Result<String, String> {
        let authorization = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: {kind}\r\n{authorization}Content-Length: {}\r\n\r\n",
            self.host,
            body.len()
        );
        let mut request = head.into_bytes();
        request.extend_from_slice(body);
        self.stream.write_all(&request).await.map_err(|fault| fault.to_string())?;
        self.answer().await
    }

    /// One GraphQL request.
    pub async fn ask(&mut self, token: Option<&str>, body: &str) -> Result<String, String> {
        self.post("/graphql", token, "application/json", body.as_bytes()).await
    }

    async fn answer(&mut self) -> Result<String, String> {
        self.buffer.clear();
        let (mut head, mut length) = (None, 0);
        loop {
            if head.is_none()
                && let Some(end) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n")
            {
                let text = String::from_utf8_lossy(&self.buffer[..end]).to_lowercase();
                let found =
                    text.lines().find_map(|line| line.strip_prefix("content-length:")).and_then(|text| text.trim().parse::<usize>().ok());
                length = found.ok_or("an answer without a length")?;
                head = Some(end + 4);
            }
            if let Some(start) = head
                && self.buffer.len() >= start + length
            {
                return Ok(String::from_utf8_lossy(&self.buffer[start..start + length]).into_owned());
            }
            if self.stream.read_buf(&mut self.buffer).await.map_err(|fault| fault.to_string())? == 0 {
                return Err("the server closed the connection".to_owned());
            }
        }
    }
}

/// The text of a JSON string field in an answer.
pub fn field(answer: &str, name: &str) -> Option<String> {
    let start = answer.find(&format!("\"{name}\":\""))? + name.len() + 4;
    answer[start..].split('"').next().map(str::to_owned)
}
